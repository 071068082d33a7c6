package dev.drover.reconcilers.placement;

import static dev.drover.reconcilers.Sketch.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.HoldSpec;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.PreemptionPolicy;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.SchedulerConfigSpec;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.cluster.ClusterChange;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PreemptionTest {
    private final World world = new World();

    @BeforeEach
    void a_node_of_eight_thousand() {
        world.put(World.node("a1", 8_000, 8_000)).scheduling(preempting(true, true));
    }

    @Test
    void who_has_no_place_takes_the_room_of_a_lower_priority() {
        running(service("low").priority(20).resources(100, 6_000));
        world.admit(service("high").priority(80).resources(100, 6_000), 0);

        world.place("high");

        assertThat(evicted()).extracting(Allocation::title).containsExactly("low.main[0]");
        assertThat(evicted().getFirst().spec().desiredBecause())
                .isEqualTo("evicted: job high of priority 80 needs its room");
        assertThat(world.live("high")).as("not before the room is free").isEmpty();
        assertThat(world.unplaced().refusals().getFirst().reason())
                .isEqualTo("its room is being freed: evicted low.main[0]");

        world.settle("low").placeAll();
        assertThat(world.live("high")).hasSize(1);
        assertThat(world.live("low")).isEmpty();
    }

    @Test
    void the_victim_goes_elsewhere_when_there_is_room() {
        running(service("low").priority(20).resources(100, 6_000));
        world.admit(
                service("high")
                        .priority(80)
                        .resources(100, 6_000)
                        .constraint("${attr.rack}", "=", "a"),
                0);
        world.place("high");
        world.put(World.node("b1", 8_000, 8_000)).settle("low");

        world.placeAll();

        assertThat(world.live("high")).extracting(a -> a.spec().node()).containsExactly("a1");
        assertThat(world.live("low")).extracting(a -> a.spec().node()).containsExactly("b1");
        assertThat(world.cluster().evaluationsOf(new ResourceName("default", "low")))
                .extracting(evaluation -> evaluation.spec().trigger())
                .contains("preemption");
    }

    @Test
    void equal_and_near_priorities_are_left_alone() {
        running(service("near").priority(41).resources(100, 3_000));
        running(service("equal").priority(50).resources(100, 3_000));
        world.admit(service("mine").priority(50).resources(100, 3_000), 0);
        world.place("mine");
        assertThat(evicted()).isEmpty();

        world.admit(service("mine").priority(51).resources(100, 3_000), 1).place("mine");
        assertThat(evicted()).extracting(a -> a.spec().jobName()).containsExactly("near");
    }

    @Test
    void types_preempt_as_the_configuration_says_and_system_jobs_without_it() {
        running(service("low").priority(20).resources(100, 6_000));
        world.scheduling(SchedulerConfigSpec.UNSAID);
        for (JobType type : List.of(JobType.SERVICE, JobType.BATCH, JobType.SYSBATCH)) {
            String name = type.name().toLowerCase(java.util.Locale.ROOT);
            world.admit(Sketch.of(type, name).priority(80).resources(100, 6_000), 0).place(name);
            assertThat(evicted()).as(name).isEmpty();
        }

        world.scheduling(preempting(false, false));
        world.admit(Sketch.of(JobType.SYSTEM, "agent").priority(80).resources(100, 6_000), 0);
        world.place("agent");
        assertThat(evicted()).isEmpty();

        world.scheduling(SchedulerConfigSpec.UNSAID).place("agent");
        assertThat(evicted()).extracting(a -> a.spec().jobName()).containsExactly("low");
    }

    @Test
    void nobody_leaves_for_a_job_that_wants_all_at_once_and_cannot_have_it() {
        running(service("low").priority(20).resources(100, 6_000));
        world.admit(service("all").priority(80).count(2).resources(100, 6_000).allAtOnce(), 0);
        world.admit(service("high").priority(70).resources(100, 1_500), 0);

        world.placeAll();
        assertThat(world.live("low")).as("one of two would have room").hasSize(1);
        assertThat(world.live("high")).as("its node is not being freed").hasSize(1);

        world.put(World.node("b1", 8_000, 8_000)).placeAll();
        assertThat(world.copies("low").getFirst().live()).as("now both would").isFalse();
    }

    @Test
    void whoever_leaves_for_a_large_job_that_wants_all_at_once_leaves_at_once() {
        world.put(World.node("big", 100_000, 30_000));
        Sketch lower = service("low").priority(20).count(300).resources(100, 100);
        world.admit(lower.constraint("${node.unique.name}", "=", "big"), 0).placeAll();
        Sketch all = service("all").priority(80).count(300).resources(100, 100).allAtOnce();
        world.admit(all.constraint("${node.unique.name}", "=", "big"), 0);

        world.place("all");

        assertThat(evicted()).hasSize(300);
    }

    @Test
    void no_more_leave_than_must() {
        running(service("small").priority(20).count(3).resources(100, 1_000));
        running(service("large").priority(20).resources(100, 3_000));
        world.admit(service("high").priority(80).resources(100, 4_500), 0);

        world.place("high");

        assertThat(evicted()).extracting(Allocation::title).containsExactly("large.main[0]");
    }

    @Test
    void the_lowest_priority_leaves_first() {
        running(service("lower").priority(10).count(2).resources(100, 2_000));
        running(service("low").priority(30).resources(100, 4_000));
        world.admit(service("high").priority(80).resources(100, 4_000), 0);

        world.place("high");

        assertThat(evicted()).extracting(a -> a.spec().jobName()).containsOnly("lower").hasSize(2);
    }

    @Test
    void of_several_nodes_the_one_with_the_lowest_victim() {
        running(service("low").priority(30).resources(100, 7_000));
        world.put(World.node("b1", 8_000, 8_000));
        running(service("lower").priority(10).resources(100, 7_000));
        world.admit(service("high").priority(80).resources(100, 7_000), 0);

        world.place("high");

        assertThat(evicted()).extracting(a -> a.spec().jobName()).containsExactly("lower");
    }

    @Test
    void who_has_the_port_leaves() {
        running(service("web").priority(20).staticPort("http", 8_080));
        running(service("other").priority(20));
        world.admit(service("high").priority(80).staticPort("http", 8_080), 0);

        world.place("high");

        assertThat(evicted()).extracting(a -> a.spec().jobName()).containsExactly("web");
    }

    @Test
    void nobody_is_evicted_twice_for_one_copy() {
        running(service("low").priority(20).count(2).resources(100, 4_000));
        world.admit(service("high").priority(80).resources(100, 3_500), 0);

        world.place("high");
        world.place("high");
        world.place("high");
        assertThat(evicted()).as("the room of one is enough, and it stops").hasSize(1);

        world.admit(service("high").priority(80).count(2).resources(100, 3_500), 1).place("high");
        assertThat(evicted()).as("two copies need the room of two").hasSize(2);
    }

    @Test
    void copies_of_a_held_job_stay() {
        running(service("low").priority(20).resources(100, 6_000));
        HoldSpec hold = new HoldSpec(Kind.JOB, "low", "ann", "we look", Optional.empty());
        world.put(new Hold(Metadata.named("default", "job-low"), hold));
        world.admit(service("high").priority(80).resources(100, 6_000), 0).place("high");
        assertThat(evicted()).isEmpty();

        Hold held = world.cluster().holds().iterator().next();
        wake(ClusterChange.removed(held), world.remove(held));
        assertThat(evicted()).as("who waited is woken by the release").hasSize(1);
    }

    @Test
    void a_system_job_waits_for_a_node_that_is_being_freed_for_another() {
        running(service("low").priority(20).resources(100, 6_000));
        world.admit(service("high").priority(80).resources(100, 6_000), 0).place("high");
        world.admit(Sketch.of(JobType.SYSTEM, "agent").resources(100, 500), 0).place("agent");
        assertThat(world.group("agent").queued()).as("it is wanted there").isEqualTo(1);

        world.settle("low");
        Wakes hole = new Wakes(new TreeSet<>(), new TreeSet<>(Set.of("a1")));
        Placer.decide(world.cluster(), hole, world.now()).forEach(world::write);

        assertThat(world.live("high")).hasSize(1);
        assertThat(world.live("agent")).hasSize(1);
    }

    @Test
    void who_waits_is_woken_when_a_priority_falls() {
        running(service("other").priority(80).resources(100, 6_000));
        world.admit(service("high").priority(80).resources(100, 6_000), 0).place("high");
        Job before = world.job("other");

        world.admit(service("other").priority(20).resources(100, 6_000), 1);
        wake(ClusterChange.changed(before, world.job("other")), world);

        assertThat(evicted()).extracting(a -> a.spec().jobName()).containsExactly("other");
    }

    /// The most urgent one of those who are woken is written; the others would lose the race.
    private static void wake(ClusterChange change, World world) {
        Wakes wakes = Wakes.of(List.of(change), world.cluster());
        world.write(Placer.decide(world.cluster(), wakes, world.now()).getFirst());
    }

    @Test
    void a_job_that_may_preempt_is_woken_by_a_hole_that_alone_is_too_small() {
        running(service("low").priority(20).resources(100, 3_000));
        running(service("equal").priority(80).resources(100, 4_000));
        world.admit(service("high").priority(80).resources(100, 6_000), 0).place("high");
        assertThat(evicted()).isEmpty();

        world.admit(service("equal").priority(80).stopped(), 1).place("equal");
        world.settle("equal");
        Wakes hole = new Wakes(new TreeSet<>(), new TreeSet<>(Set.of("a1")));
        Placer.decide(world.cluster(), hole, world.now()).forEach(world::write);

        assertThat(evicted()).extracting(a -> a.spec().jobName()).containsExactly("low");
    }

    private void running(Sketch sketch) {
        String name = sketch.job(0).metadata().name();
        world.admit(sketch, 0).place(name);
        world.settle(name).place(name);
    }

    private List<Allocation> evicted() {
        return world.cluster().jobs().stream()
                .flatMap(job -> world.copies(job.metadata().name()).stream())
                .filter(copy -> copy.spec().desired() == DesiredState.EVICT)
                .toList();
    }

    static SchedulerConfigSpec preempting(boolean system, boolean others) {
        PreemptionPolicy policy =
                new PreemptionPolicy(
                        Optional.of(system),
                        Optional.of(others),
                        Optional.of(others),
                        Optional.of(others));
        return new SchedulerConfigSpec(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(policy),
                Map.of());
    }
}
