package dev.drover.reconcilers.placement;

import static dev.drover.manifests.model.AllocationPhase.COMPLETE;
import static dev.drover.manifests.model.AllocationPhase.FAILED;
import static dev.drover.manifests.model.AllocationPhase.LOST;
import static dev.drover.manifests.model.AllocationPhase.RUNNING;
import static dev.drover.reconcilers.Sketch.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Condition;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.DriverState;
import dev.drover.manifests.model.EvaluationOutcome;
import dev.drover.manifests.model.GrantedPort;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.RefusalSummary;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.shape.Records;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.decision.Decision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacerTest {
    private final World world = new World();

    @Test
    void places_what_is_wanted_and_records_why() {
        world.put(World.node("a1")).put(World.node("b1")).admit(service("web").count(3), 0);

        world.place("web");

        assertThat(world.live("web")).hasSize(3);
        assertThat(world.evaluation().orElseThrow().spec().trigger()).isEqualTo("job-register");
        assertThat(world.evaluation().orElseThrow().status().placed()).hasSize(3);
        assertThat(world.job("web").status().observedGeneration()).isEqualTo(1);
        assertThat(world.group("web").starting()).isEqualTo(3);
    }

    @Test
    void a_second_look_changes_nothing() {
        world.put(World.node("a1")).admit(service("web").count(3), 0);
        world.place("web");

        assertThat(world.place("web").actions()).isEmpty();
    }

    @Test
    void the_same_view_makes_the_same_decision() {
        for (int i = 0; i < 9; i++) {
            world.put(World.node("n" + i));
        }
        world.admit(service("web").count(20).dynamicPort("http").spread("${attr.rack}"), 0);
        Wakes names = Wakes.jobs(List.of(new ResourceName("default", "web")));

        assertThat(Placer.decide(world.cluster(), names, world.now()))
                .isEqualTo(Placer.decide(world.cluster(), names, world.now()));
    }

    @Test
    void the_status_becomes_ready_once_everything_runs() {
        world.put(World.node("a1")).admit(service("web").count(2), 0);
        world.place("web");
        assertThat(condition("web", "Ready").status()).isEqualTo("False");

        world.settle("web").place("web");

        assertThat(condition("web", "Ready").status()).isEqualTo("True");
        assertThat(world.job("web").status().phase()).isEqualTo(JobPhase.RUNNING);
    }

    @Test
    void what_a_starting_copy_waits_for_is_said() {
        world.put(World.node("a1")).admit(service("web").count(2), 0);
        world.place("web");
        world.waits(world.live("web").getFirst(), "Missing: nomadVar x").place("web");

        assertThat(condition("web", "Ready").message())
                .endsWith("2 of 2 are starting, one waits: Missing: nomadVar x");
    }

    @Test
    void another_count_adds_or_stops_exactly_the_difference() {
        running(service("web").count(3));

        world.admit(service("web").count(5), 1).place("web");
        assertThat(world.live("web")).hasSize(5);
        world.settle("web").admit(service("web").count(2), 2).place("web");

        assertThat(world.live("web")).extracting(a -> a.spec().index()).containsExactly(0, 1);
        assertThat(world.copies("web")).extracting(a -> a.spec().attempt()).containsOnly(0);
    }

    @Test
    void other_arguments_replace_one_after_another() {
        running(service("web").count(2));
        world.admit(service("web").count(2).args("two"), 1);

        world.place("web");
        assertThat(world.live("web")).hasSize(1);
        world.settle("web").place("web");
        assertThat(world.live("web")).hasSize(2);
        world.settle("web").place("web");
        world.settle("web").place("web");
        world.settle("web").place("web");

        assertThat(world.live("web")).extracting(a -> a.spec().jobVersion()).containsOnly(1);
        assertThat(world.live("web")).extracting(a -> a.spec().attempt()).containsOnly(1);
        assertThat(condition("web", "Ready").status()).isEqualTo("True");
    }

    @Test
    void what_changes_in_place_keeps_its_allocation() {
        running(service("web").count(2));
        List<String> before = world.live("web").stream().map(Allocation::id).toList();

        world.admit(service("web").count(2).priority(70), 1).place("web");

        assertThat(world.live("web")).extracting(Allocation::id).containsExactlyElementsOf(before);
        assertThat(world.live("web")).extracting(a -> a.spec().jobVersion()).containsOnly(1);
    }

    @Test
    void a_copy_whose_node_no_longer_does_is_replaced() {
        world.put(World.node("a1"));
        running(service("web"));
        world.put(World.node("b1"));

        world.admit(service("web").constraint("${attr.rack}", "=", "b"), 1).place("web");
        world.settle("web").place("web");

        assertThat(world.live("web")).extracting(a -> a.spec().node()).containsExactly("b1");
    }

    @Test
    void copies_that_are_to_be_apart_from_now_on_leave_each_other() {
        world.put(World.node("a1"));
        running(service("web").count(2));
        world.put(World.node("b1"));

        Sketch apart = service("web").count(2).constraint("", "distinct_hosts", "true");
        world.admit(apart, 1).place("web");
        assertThat(world.live("web")).as("one of them stays").hasSize(1);
        world.settle("web").place("web");

        assertThat(world.live("web"))
                .extracting(a -> a.spec().node())
                .containsExactlyInAnyOrder("a1", "b1");
    }

    @Test
    void what_does_not_fit_waits_with_its_reasons_and_starts_when_room_appears() {
        world.put(World.node("a1", 1_000, 250)).admit(service("web").count(3), 0);

        world.place("web");

        assertThat(world.live("web")).hasSize(2);
        assertThat(condition("web", "Stalled").message())
                .isEqualTo(
                        "main: 1 of 3 have no place: memory exhausted: 100 MiB asked, at most 50 MiB"
                                + " free (on a1) on 1 node");
        assertThat(world.evaluation().orElseThrow().status().outcome())
                .isEqualTo(EvaluationOutcome.BLOCKED);
        assertThat(world.place("web").actions()).isEmpty();

        world.put(World.node("b1")).place("web");

        assertThat(world.live("web")).hasSize(3);
        assertThat(world.evaluation().orElseThrow().spec().trigger()).isEqualTo("queued-allocs");
    }

    @Test
    void reasons_are_grouped() {
        world.put(World.node("a1", 50, 8_192)).put(World.node("a2", 60, 8_192));
        world.put(World.node("a3"))
                .node("a3", n -> n.withSpec(new NodeSpec(false, Optional.empty())));
        world.admit(service("web"), 0).place("web");

        var unplaced = world.unplaced();

        assertThat(unplaced.nodesEvaluated()).isEqualTo(3);
        assertThat(unplaced.refusals())
                .containsExactly(
                        new RefusalSummary(
                                "cpu exhausted: 100 MHz asked, at most 60 MHz free (on a2)",
                                2,
                                List.of("a1", "a2")),
                        new RefusalSummary(
                                "node is not eligible for new allocations", 1, List.of("a3")));
    }

    @Test
    void nothing_goes_onto_a_node_that_is_closed_drained_silent_or_of_another_kind() {
        world.put(World.node("a1"))
                .node("a1", n -> n.withSpec(new NodeSpec(false, Optional.empty())));
        world.put(World.node("a2"))
                .node(
                        "a2",
                        n ->
                                n.withSpec(
                                        new NodeSpec(
                                                true,
                                                Optional.of(
                                                        new DrainSpec(Optional.empty(), false)))));
        world.put(World.node("a3"))
                .node(
                        "a3",
                        n -> n.withStatus(n.status().in(NodePhase.DOWN, "silent", world.now())));
        world.put(World.node("b1"));
        world.admit(service("web").constraint("${attr.rack}", "=", "a"), 0).place("web");

        assertThat(world.live("web")).isEmpty();
        assertThat(world.unplaced().refusals())
                .extracting(RefusalSummary::reason)
                .containsExactlyInAnyOrder(
                        "node is not eligible for new allocations",
                        "node is being drained",
                        "node is down: silent",
                        "constraint ${attr.rack} = a: the node has b");
    }

    @Test
    void a_static_port_is_given_once_for_each_node() {
        world.put(World.node("a1")).put(World.node("b1"));
        world.admit(service("web").count(3).staticPort("http", 8080), 0).place("web");

        assertThat(world.live("web"))
                .extracting(a -> a.spec().node())
                .containsExactlyInAnyOrder("a1", "b1");
        assertThat(condition("web", "Stalled").message()).contains("port 8080 is taken");
    }

    @Test
    void a_reserved_port_is_never_given() {
        world.put(World.node("a1")).admit(service("ssh").staticPort("ssh", 22), 0).place("ssh");

        assertThat(condition("ssh", "Stalled").message())
                .contains("port 22 is taken by the node's reserved ports");
    }

    @Test
    void dynamic_ports_differ_until_the_range_is_used_up() {
        world.put(World.node("a1", 100_000, 100_000));
        world.admit(service("web").count(101).dynamicPort("http"), 0).place("web");

        assertThat(world.live("web")).hasSize(100);
        assertThat(world.live("web").stream().flatMap(a -> a.spec().granted().ports().stream()))
                .extracting(GrantedPort::value)
                .doesNotHaveDuplicates()
                .allMatch(port -> port >= 20_000 && port <= 20_099);
    }

    @Test
    void distinct_hosts_puts_one_copy_on_each() {
        world.put(World.node("a1")).put(World.node("b1"));
        world.admit(service("web").count(3).constraint("", "distinct_hosts", "true"), 0)
                .place("web");

        assertThat(world.live("web"))
                .extracting(a -> a.spec().node())
                .containsExactlyInAnyOrder("a1", "b1");
    }

    @Test
    void distinct_property_counts_by_value() {
        world.put(World.node("a1")).put(World.node("a2")).put(World.node("b1"));
        world.admit(service("web").count(5).constraint("${attr.rack}", "distinct_property", "2"), 0)
                .place("web");

        assertThat(world.live("web")).hasSize(4);
    }

    @Test
    void a_spread_is_even() {
        for (String name : List.of("a1", "a2", "a3", "a4", "b1", "c1")) {
            world.put(World.node(name));
        }
        world.admit(service("web").count(9).spread("${attr.rack}"), 0).place("web");

        assertThat(world.live("web").stream().filter(a -> a.spec().node().startsWith("b")))
                .hasSize(3);
        assertThat(world.live("web").stream().filter(a -> a.spec().node().startsWith("c")))
                .hasSize(3);
    }

    @Test
    void an_affinity_draws() {
        world.put(World.node("a1")).put(World.node("b1"));
        world.admit(service("web").affinity("${attr.rack}", "b", 100), 0).place("web");

        assertThat(world.live("web")).extracting(a -> a.spec().node()).containsExactly("b1");
    }

    @Test
    void a_stopped_job_stops_everything_and_is_dead_once_it_is_over() {
        running(service("web").count(2));

        world.admit(service("web").count(2).stopped(), 1).place("web");
        assertThat(world.copies("web"))
                .extracting(a -> a.spec().desired())
                .containsOnly(DesiredState.STOP);
        assertThat(world.job("web").status().phase()).isEqualTo(JobPhase.RUNNING);
        world.settle("web").place("web");

        assertThat(world.job("web").status().phase()).isEqualTo(JobPhase.DEAD);
        assertThat(world.evaluation()).isEmpty();
    }

    @Test
    void a_batch_job_is_dead_when_all_its_copies_are_complete() {
        world.put(World.node("a1")).admit(Sketch.of(JobType.BATCH, "etl").count(2), 0);
        world.place("etl");
        world.copies("etl").forEach(copy -> world.report(copy, COMPLETE));

        world.place("etl");

        assertThat(world.job("etl").status().phase()).isEqualTo(JobPhase.DEAD);
        assertThat(condition("etl", "Ready").reason()).isEqualTo("Complete");
        assertThat(world.live("etl")).isEmpty();
    }

    @Test
    void lost_copies_are_replaced_elsewhere() {
        running(service("web").count(2));
        world.copies("web").forEach(copy -> world.report(copy, LOST));

        world.place("web");

        assertThat(world.live("web")).hasSize(2);
        assertThat(world.evaluation().orElseThrow().spec().trigger()).isEqualTo("node-update");
    }

    @Test
    void a_failed_copy_says_when_it_is_replaced() {
        running(service("web"));
        world.report(world.copies("web").getFirst(), FAILED);

        world.place("web");

        assertThat(condition("web", "Reconciling").reason()).isEqualTo("WaitsToReplace");
        assertThat(condition("web", "Reconciling").message())
                .contains("main[0] failed on a1: exit code 1; it failed and is replaced at");
    }

    @Test
    void a_system_job_runs_once_on_every_node_that_suits() {
        world.put(World.node("a1")).put(World.node("a2")).put(World.node("b1"));
        Sketch agent = Sketch.of(JobType.SYSTEM, "agent").constraint("${attr.rack}", "=", "a");
        world.admit(agent, 0).place("agent");
        assertThat(world.live("agent"))
                .extracting(a -> a.spec().node())
                .containsExactlyInAnyOrder("a1", "a2");

        world.put(World.node("a3")).place("agent");

        assertThat(world.live("agent")).hasSize(3);
    }

    @Test
    void what_runs_stays_though_its_driver_takes_nothing_new_for_now() {
        world.put(World.node("a1"));
        Sketch agent = Sketch.of(JobType.SYSTEM, "agent");
        world.admit(agent, 0).place("agent");
        running(service("web"));
        DriverState ill = new DriverState(false, "its tool is being replaced", Map.of());
        world.node(
                "a1",
                n -> n.withStatus(Records.with(n.status(), "drivers", Map.of("raw_exec", ill))));

        world.place("agent");
        world.admit(agent.priority(60), 1).place("agent");
        world.admit(service("web").priority(60), 1).place("web");

        assertThat(world.live("agent")).hasSize(1);
        assertThat(world.live("web")).hasSize(1);
    }

    @Test
    void copies_of_a_job_that_is_gone_stop() {
        running(service("web").count(2));
        world.remove(world.job("web"));

        world.place("web");

        assertThat(world.live("web")).isEmpty();
    }

    @Test
    void a_large_job_is_decided_in_parts_and_recorded_once() {
        world.put(World.node("a1", 1_000_000, 1_000_000));
        world.admit(service("web").count(2_500), 0);

        world.place("web");
        assertThat(world.evaluation()).isEmpty();
        world.place("web");

        assertThat(world.live("web")).hasSize(2_500);
        assertThat(world.evaluation().orElseThrow().status().placed()).hasSize(2_500);
    }

    @Test
    void a_decision_in_parts_goes_on_though_nothing_of_it_wakes_anybody() {
        world.put(World.node("a1", 1_000_000, 1_000_000));
        world.admit(service("web").count(2_500), 0);

        world.placeAll();

        assertThat(world.live("web")).hasSize(2_500);
    }

    /// What it waits for may have come while it was put in words: seed 25969 of the simulation.
    @Test
    void who_has_other_words_to_say_is_looked_at_again() {
        world.put(World.node("a1")).admit(service("web").count(1), 0);
        world.place("web");
        world.report(world.live("web").getFirst(), RUNNING);

        Decision words = world.place("web");

        assertThat(words.actions()).hasSize(1);
        assertThat(words.lookAgain()).isPresent();
        assertThat(world.place("web").lookAgain()).isEmpty();
    }

    @Test
    void one_batch_does_not_give_room_twice_and_serves_the_urgent_first() {
        world.put(World.node("a1", 4_000, 1_000));
        world.admit(service("low").priority(10).count(8), 0);
        world.admit(service("high").priority(90).count(8), 0);
        Cluster view = world.cluster();

        var turns = Placer.decide(view, Wakes.all(view), world.now());

        assertThat(turns).extracting(t -> t.job().name()).containsExactly("high", "low");
        assertThat(turns).extracting(PlacerTest::created).containsExactly(8L, 2L);
    }

    private static long created(Placer.Turn turn) {
        return turn.decision().actions().stream()
                .filter(action -> action.resource() instanceof Allocation)
                .count();
    }

    private void running(Sketch sketch) {
        world.put(World.node("a1")).admit(sketch, 0);
        String name = sketch.job(0).metadata().name();
        world.place(name);
        world.settle(name).place(name);
        assertThat(world.live(name)).allMatch(a -> a.status().phase() == RUNNING);
    }

    private Condition condition(String job, String type) {
        return world.job(job).status().conditions().stream()
                .filter(c -> c.type().equals(type))
                .findFirst()
                .orElseThrow();
    }
}
