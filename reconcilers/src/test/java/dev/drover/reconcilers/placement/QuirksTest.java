package dev.drover.reconcilers.placement;

import static dev.drover.reconcilers.Sketch.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.JobVersionSpec;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.Spread;
import dev.drover.manifests.model.SpreadTarget;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.shape.Records;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// What is known to go wrong in Nomad's scheduler, and does not here.
class QuirksTest {
    private static final String RACK = "${attr.rack}";

    private final World world = new World();

    /// There, the weights of spreads add up from group to group, so that later ones count less.
    @Test
    void a_spread_counts_alike_in_every_group() {
        Room room = racks();
        TaskGroup second = group(service("web").group("second").count(4).spread(RACK));
        JobSpec alone = job(second);
        JobSpec both = job(group(service("web").group("first").count(4).spread(RACK)), second);

        for (int node = 0; node < room.size(); node++) {
            assertThat(spread(both, second, room, node))
                    .isEqualTo(spread(alone, second, room, node));
        }
    }

    /// There, a spread that comes to 0 is left out of the mean: the node that is to get the last
    /// copy of its share is worse than one that has its share.
    @Test
    void a_spread_by_per_cent_is_met() {
        World world = new World();
        for (String name : List.of("a1", "b1", "c1")) {
            world.put(World.node(name, 40_000, 81_920));
        }
        SpreadTarget most = new SpreadTarget("a", Optional.of(60));
        SpreadTarget some = new SpreadTarget("b", Optional.of(30));
        world.admit(service("web").count(10).spread(RACK, most, some), 0).place("web");

        assertThat(world.live("web").stream().map(copy -> copy.spec().node()))
                .containsExactlyInAnyOrder(
                        "a1", "a1", "a1", "a1", "a1", "a1", "b1", "b1", "b1", "c1");
    }

    /// There, one of two spreads over the same attribute overwrites the other.
    @Test
    void spreads_of_job_and_group_over_one_attribute_both_count() {
        Room room = racks();
        Spread allOnA =
                new Spread(
                        Optional.of(RACK),
                        Optional.of(50),
                        List.of(new SpreadTarget("a", Optional.of(100))));
        TaskGroup even = group(service("web").count(4).spread(RACK));
        JobSpec job = Records.with(job(even), "spreads", List.of(allOnA));

        // One copy is on rack a. The job's spread says 1/2 there and -1 on b, the group's -1 and 1.
        assertThat(spread(job, even, room, number(room, "a2"))).isEqualTo(-0.25, within(1e-9));
        assertThat(spread(job, even, room, number(room, "b1"))).isEqualTo(0, within(1e-9));
    }

    /// There, whether a value without copies is the fewest depends on the order of a map.
    @Test
    void an_empty_value_is_always_the_best_of_an_even_spread() {
        Room room = racks();
        TaskGroup group = group(service("web").count(4).spread(RACK));

        assertThat(spread(job(group), group, room, number(room, "b1"))).isEqualTo(1);
        assertThat(spread(job(group), group, room, number(room, "b2"))).isEqualTo(1);
        assertThat(spread(job(group), group, room, number(room, "a2"))).isEqualTo(-1);
    }

    /// There, every victim scores nearly 1, whatever its priority.
    @Test
    void the_priority_of_victims_decides_where_room_is_made() {
        world.scheduling(PreemptionTest.preempting(true, true));
        Map<String, Integer> priorities = new TreeMap<>(Map.of("a1", 39, "a2", 11, "a3", 40));
        priorities.forEach((node, priority) -> {
            world.put(World.node(node));
            world.admit(
                            service("on-" + node)
                                    .priority(priority)
                                    .resources(100, 8_000)
                                    .constraint("${node.unique.name}", "=", node),
                            0)
                    .place("on-" + node);
        });

        world.admit(service("high").priority(50).resources(100, 8_000), 0).place("high");

        assertThat(world.live("on-a2")).isEmpty();
        assertThat(world.live("on-a1")).hasSize(1);
    }

    /// There, copies of a job of the same name in another namespace count as the job's own.
    @Test
    void a_job_keeps_away_from_its_own_copies_only() {
        world.put(World.node("a1")).put(World.node("b1"));
        world.admit(service("web").resources(400, 800), 0).place("web");
        String there = world.live("web").getFirst().spec().node();
        Sketch same = service("web").resources(400, 800);
        world.put(elsewhere(same.version(0))).put(elsewhere(same.job(0)));

        Wakes name = Wakes.jobs(List.of(new ResourceName("other", "web")));
        Placer.decide(world.cluster(), name, world.now()).forEach(world::write);

        assertThat(world.cluster().allocationsOf(new ResourceName("other", "web")))
                .singleElement()
                .satisfies(copy -> assertThat(copy.spec().node()).isEqualTo(there));
    }

    /// There, a group with a spread makes the groups after it look at more nodes too.
    @Test
    void how_many_nodes_are_compared_is_the_same_after_a_group_with_a_spread() {
        TaskGroup plain = group(service("web").group("plain").count(20).resources(300, 200));
        TaskGroup spread = group(service("web").group("first").count(0).spread(RACK));

        assertThat(placed(job(spread, plain))).isEqualTo(placed(job(plain)));
    }

    /// There, a group without a network is asked for the network of the group before it.
    @Test
    void a_group_without_ports_is_not_refused_for_the_ports_of_another() {
        world.put(World.node("a1"));
        world.admit(service("other").staticPort("http", 8_080), 0).place("other");
        JobSpec job =
                job(
                        group(service("web").group("first").staticPort("http", 8_080)),
                        group(service("web").group("second")));

        admit(job);

        assertThat(world.live("web")).extracting(a -> a.spec().group()).containsExactly("second");
    }

    /// Two nodes on each of two racks, and one copy of group `second` or `main` on a1.
    private Room racks() {
        for (String node : List.of("a1", "a2", "b1", "b2")) {
            world.put(World.node(node));
        }
        return Room.of(world.cluster(), world.now());
    }

    /// What the spreads of the group say to one more copy, when there is one on a1.
    private static double spread(JobSpec job, TaskGroup group, Room room, int node) {
        Siblings siblings = new Siblings(room, group.name(), List.of(), Ask.of(job, group));
        siblings.add(number(room, "a1"));
        return siblings.spread(node);
    }

    private static int number(Room room, String node) {
        return room.number(node).orElseThrow();
    }

    private static TaskGroup group(Sketch sketch) {
        return sketch.spec().groups().getFirst();
    }

    private static JobSpec job(TaskGroup... groups) {
        return Records.with(service("web").spec(), "groups", List.of(groups));
    }

    private void admit(JobSpec spec) {
        JobVersion version = service("web").version(0);
        JobVersionSpec kept = Records.with(version.spec(), "job", spec);
        world.put(new JobVersion(version.metadata(), kept));
        world.put(service("web").job(0).withSpec(spec)).place("web");
    }

    /// Where the copies of a job go among sixty nodes that are filled differently.
    private static List<String> placed(JobSpec spec) {
        QuirksTest fresh = new QuirksTest();
        for (int i = 0; i < 60; i++) {
            fresh.world.put(World.node("n" + i, 2_000 + 50 * i, 3_000));
        }
        fresh.admit(spec);
        return fresh.world.live("web").stream()
                .map(Allocation::spec)
                .map(copy -> copy.index() + copy.node())
                .toList();
    }

    private static Job elsewhere(Job job) {
        Metadata metadata = job.metadata();
        return job.withMetadata(
                Metadata.named("other", metadata.name())
                        .born("another-uid", Sketch.NOON)
                        .withGeneration(metadata.generation()));
    }

    private static JobVersion elsewhere(JobVersion version) {
        return new JobVersion(
                Metadata.named("other", JobVersion.nameOf("another-uid", 0))
                        .born("another", Sketch.NOON),
                Records.with(version.spec(), "jobUid", "another-uid"));
    }
}
