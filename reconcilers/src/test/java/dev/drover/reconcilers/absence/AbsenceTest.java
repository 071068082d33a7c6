package dev.drover.reconcilers.absence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.Condition;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.DisconnectPolicy;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.Updates;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.deployment.DeploymentReconciler;
import dev.drover.reconcilers.deployment.Deployments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AbsenceTest {
    private static final ResourceName WEB = new ResourceName("default", "web");

    private final World world = new World();

    @BeforeEach
    void two_copies_on_two_nodes() {
        world.put(World.node("a1")).put(World.node("b1"));
        world.admit(Sketch.service("web").count(2).constraint("", "distinct_hosts", "true"), 0);
        world.place("web");
        world.settle("web");
    }

    @Test
    void what_ran_on_a_node_that_is_down_is_lost() {
        falls("a1", NodePhase.DOWN);

        assertThat(on("a1")).extracting(a -> a.status().phase()).containsOnly(AllocationPhase.LOST);
        assertThat(on("a1"))
                .extracting(a -> a.status().because())
                .containsOnly("node a1 is silent since 2026-01-01T12:00:00Z");
        assertThat(on("a1")).allMatch(a -> a.status().finished().isPresent());
        assertThat(on("a1"))
                .extracting(a -> a.spec().desired(), a -> a.spec().desiredBecause())
                .containsOnly(
                        tuple(DesiredState.STOP, "node a1 is silent since 2026-01-01T12:00:00Z"));
        assertThat(on("b1"))
                .extracting(a -> a.status().phase())
                .containsOnly(AllocationPhase.RUNNING);
    }

    @Test
    void what_was_stopping_there_is_over_too() {
        world.admit(Sketch.service("web").count(2).stopped(), 1).place("web");
        falls("a1", NodePhase.DOWN);

        assertThat(on("a1")).extracting(a -> a.spec().desired()).containsOnly(DesiredState.STOP);
        assertThat(on("a1")).allMatch(a -> !a.occupies());
    }

    @Test
    void nothing_is_said_for_a_node_that_is_heard() {
        assertThat(world.turn(new AbsenceReconciler(), ResourceName.cluster("a1")).actions())
                .isEmpty();
    }

    @Test
    void without_a_disconnect_policy_silence_is_loss() {
        falls("a1", NodePhase.DISCONNECTED);

        assertThat(on("a1")).extracting(a -> a.status().phase()).containsOnly(AllocationPhase.LOST);
    }

    @Test
    void a_second_look_says_nothing_more() {
        falls("a1", NodePhase.DOWN);

        assertThat(world.turn(new AbsenceReconciler(), ResourceName.cluster("a1")).actions())
                .isEmpty();
    }

    @Test
    void who_may_come_back_is_unknown_until_it_is_given_up() {
        disconnecting(policy(Optional.of(TEN_MINUTES), Optional.empty(), true, "best_score"));

        falls("a1", NodePhase.DOWN);
        assertThat(phases("a1")).containsOnly(AllocationPhase.UNKNOWN);
        assertThat(node("a1").status().phase()).isEqualTo(NodePhase.DISCONNECTED);
        assertThat(world.last().lookAgain()).contains(Sketch.NOON.plus(TEN_MINUTES));

        world.pass(TEN_MINUTES);
        look("a1");
        assertThat(phases("a1")).containsOnly(AllocationPhase.LOST);
        assertThat(node("a1").status().phase()).isEqualTo(NodePhase.DOWN);
    }

    @Test
    void another_copy_takes_its_place_meanwhile_where_its_group_wants_that() {
        disconnecting(policy(Optional.of(TEN_MINUTES), Optional.empty(), true, "best_score"));
        world.put(World.node("c1"));
        falls("a1", NodePhase.DOWN);

        world.place("web");

        assertThat(on("c1")).hasSize(1);
        assertThat(world.live("web")).hasSize(3);
    }

    @Test
    void a_system_job_waits_for_the_node_itself() {
        DisconnectPolicy best =
                policy(Optional.of(TEN_MINUTES), Optional.empty(), true, "best_score");
        world.admit(Sketch.of(JobType.SYSTEM, "agent").disconnect(best), 0).place("agent");
        world.settle("agent").place("agent");
        falls("a1", NodePhase.DOWN);

        world.place("agent");

        assertThat(world.group("agent").queued()).isZero();
        assertThat(world.job("agent").status().conditions())
                .extracting(Condition::reason)
                .containsOnly("Unknown");
    }

    @Test
    void nobody_takes_its_place_any_more_once_its_node_is_heard() {
        disconnecting(policy(Optional.of(TEN_MINUTES), Optional.empty(), true, "best_score"));
        falls("a1", NodePhase.DOWN);
        world.node("a1", n -> n.withStatus(n.status().in(NodePhase.READY, "", world.now())));

        world.place("web");

        assertThat(on("a1")).as("before the absence loop has looked").hasSize(1);
    }

    @Test
    void its_slot_is_held_for_it_where_its_group_does_not() {
        disconnecting(policy(Optional.of(TEN_MINUTES), Optional.empty(), false, "best_score"));
        world.put(World.node("c1"));
        falls("a1", NodePhase.DOWN);

        world.place("web");

        assertThat(on("c1")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "keep_original, a1",
        "keep_replacement, c1",
        "longest_running, a1",
        "best_score, a1",
    })
    void when_its_node_comes_back_one_of_the_two_stays(String reconcile, String stays) {
        disconnecting(policy(Optional.of(TEN_MINUTES), Optional.empty(), true, reconcile));
        world.put(World.node("c1"));
        falls("a1", NodePhase.DOWN);
        world.place("web");
        on("c1").forEach(copy -> runs(copy, Sketch.NOON.plusSeconds(60)));

        world.pass(Duration.ofMinutes(2));
        comes("a1");
        assertThat(phases("a1")).containsOnly(AllocationPhase.RUNNING);
        world.place("web");

        assertThat(world.live("web"))
                .extracting(copy -> copy.spec().node())
                .containsExactlyInAnyOrder("b1", stays);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keep_original", "keep_replacement"})
    void who_serves_stays_until_the_one_that_is_kept_does(String reconcile) {
        disconnecting(policy(Optional.of(TEN_MINUTES), Optional.empty(), true, reconcile));
        world.put(World.node("c1"));
        falls("a1", NodePhase.DOWN);
        world.place("web");
        Allocation original = on("a1").getFirst();
        Allocation replacement = on("c1").getFirst();
        boolean older = reconcile.equals("keep_original");
        Allocation kept = older ? original : replacement;
        Optional<Boolean> healthy = Optional.of(true);
        world.report(older ? replacement : original, AllocationPhase.RUNNING, healthy);
        world.report(kept, AllocationPhase.PENDING);
        world.node("a1", n -> n.withStatus(n.status().in(NodePhase.READY, "", world.now())));

        world.place("web");
        assertThat(world.live("web")).hasSize(3);
        world.report(kept, AllocationPhase.RUNNING, healthy).place("web");

        assertThat(world.live("web")).hasSize(2).extracting(Allocation::id).contains(kept.id());
    }

    @Test
    void an_update_ends_well_though_an_older_copy_may_come_back() {
        DisconnectPolicy best =
                policy(Optional.of(TEN_MINUTES), Optional.empty(), true, "best_score");
        Sketch web = Sketch.service("web").count(2).disconnect(best).update(Updates.of(2));
        world.admit(web, 1).place("web");
        world.put(World.node("c1"));
        falls("a1", NodePhase.DOWN);
        world.place("web");
        Allocation silent = on("a1").getFirst();
        healthy(AllocationPhase.RUNNING);

        world.admit(web.args("two"), 2).place("web");
        healthy(AllocationPhase.COMPLETE);
        world.place("web");
        healthy(AllocationPhase.RUNNING);
        world.place("web");
        world.turn(new DeploymentReconciler(), WEB);

        assertThat(phases("a1")).containsOnly(AllocationPhase.UNKNOWN);
        assertThat(deployment(2).status().phase()).isEqualTo(DeploymentPhase.SUCCESSFUL);
        comes("a1");
        world.report(silent, AllocationPhase.RUNNING, Optional.of(true)).place("web");
        assertThat(world.live("web")).hasSize(2);
        assertThat(world.live("web")).allMatch(copy -> copy.spec().jobVersion() == 2);
    }

    /// What is wanted of the job and heard runs, what is not is over.
    private void healthy(AllocationPhase phase) {
        world.copies("web").stream()
                .filter(Allocation::occupies)
                .filter(copy -> copy.status().phase() != AllocationPhase.UNKNOWN)
                .filter(copy -> copy.live() == (phase == AllocationPhase.RUNNING))
                .forEach(copy -> world.report(copy, phase, Optional.of(true)));
    }

    private Deployment deployment(int version) {
        return world.cluster()
                .deploymentsOf(WEB)
                .get(Deployments.name("uid-of-web", version))
                .orElseThrow();
    }

    @Test
    void what_its_node_stops_by_itself_is_not_replaced_before() {
        disconnecting(policy(Optional.empty(), Optional.of(TEN_MINUTES), true, "best_score"));
        world.put(World.node("c1"));
        falls("a1", NodePhase.DOWN);
        world.place("web");
        assertThat(on("c1")).isEmpty();

        world.pass(TEN_MINUTES);
        look("a1");
        world.place("web");

        assertThat(phases("a1")).containsOnly(AllocationPhase.LOST);
        assertThat(on("c1")).hasSize(1);
    }

    /// It is back before anybody had to assume anything.
    @Test
    void what_its_node_has_stopped_by_itself_is_replaced_when_it_says_so() {
        disconnecting(policy(Optional.empty(), Optional.of(TEN_MINUTES), true, "best_score"));
        world.put(World.node("c1"));
        falls("a1", NodePhase.DOWN);
        world.place("web");

        comes("a1");
        world.report(on("a1").getFirst(), AllocationPhase.LOST).place("web");

        assertThat(world.live("web")).hasSize(2);
        assertThat(phases("a1")).contains(AllocationPhase.LOST);
    }

    /// A drain, a stop and a newer version change nothing of what may still run there.
    @Test
    void what_its_node_stops_by_itself_is_not_over_before_though_nobody_wants_it() {
        disconnecting(policy(Optional.empty(), Optional.of(TEN_MINUTES), true, "best_score"));
        world.put(World.node("c1"));
        falls("a1", NodePhase.DOWN);
        world.put(stopped(on("a1").getFirst()));
        look("a1");
        world.place("web");

        assertThat(phases("a1")).containsOnly(AllocationPhase.UNKNOWN);
        assertThat(on("c1")).isEmpty();
        world.pass(TEN_MINUTES);
        look("a1");
        world.place("web");

        assertThat(phases("a1")).containsOnly(AllocationPhase.LOST);
        assertThat(on("c1")).hasSize(1);
    }

    @Test
    void who_may_come_back_is_given_up_once_nobody_wants_it() {
        disconnecting(policy(Optional.of(TEN_MINUTES), Optional.empty(), false, "best_score"));
        falls("a1", NodePhase.DOWN);
        world.put(stopped(on("a1").getFirst()));

        look("a1");

        assertThat(phases("a1")).containsOnly(AllocationPhase.LOST);
    }

    private static Allocation stopped(Allocation copy) {
        return copy.withSpec(copy.spec().stopped(DesiredState.STOP, "its node is drained"));
    }

    @Test
    void when_many_nodes_fall_silent_at_once_one_after_the_other_is_given_up() {
        falls("a1", NodePhase.DOWN);
        falls("b1", NodePhase.DOWN);

        assertThat(phases("a1")).containsOnly(AllocationPhase.LOST);
        assertThat(phases("b1")).containsOnly(AllocationPhase.UNKNOWN);
        assertThat(on("b1").getFirst().status().because())
                .contains("1 of 2 nodes fell silent before it", "its turn is at");

        world.pass(Duration.ofMinutes(1));
        look("b1");
        assertThat(phases("b1")).containsOnly(AllocationPhase.LOST);
    }

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    private static DisconnectPolicy policy(
            Optional<Duration> lostAfter,
            Optional<Duration> stopAfter,
            boolean replace,
            String reconcile) {
        return new DisconnectPolicy(
                lostAfter, stopAfter, Optional.of(replace), Optional.of(reconcile));
    }

    private void disconnecting(DisconnectPolicy policy) {
        world.admit(
                Sketch.service("web")
                        .count(2)
                        .constraint("", "distinct_hosts", "true")
                        .disconnect(policy),
                1);
        world.place("web");
        world.live("web").forEach(copy -> runs(copy, Sketch.NOON));
    }

    private void runs(Allocation copy, Instant since) {
        TaskState task =
                new TaskState(
                        TaskPhase.RUNNING,
                        false,
                        0,
                        Optional.empty(),
                        Optional.of(since),
                        Optional.empty(),
                        List.of());
        world.put(
                copy.withStatus(
                        new AllocationStatus(
                                AllocationPhase.RUNNING,
                                "",
                                Map.of("server", task),
                                Optional.of(true),
                                9,
                                Optional.empty())));
    }

    private void comes(String node) {
        world.node(
                node,
                n -> n.withStatus(n.status().in(NodePhase.READY, "it is heard", world.now())));
        look(node);
    }

    private void look(String node) {
        world.turn(new AbsenceReconciler(), ResourceName.cluster(node));
    }

    private Node node(String name) {
        return world.cluster().nodes().get(name).orElseThrow();
    }

    private List<AllocationPhase> phases(String node) {
        return on(node).stream().map(copy -> copy.status().phase()).toList();
    }

    private void falls(String node, NodePhase phase) {
        world.node(
                node,
                n -> n.withStatus(n.status().in(phase, "it was not heard for 30 s", world.now())));
        world.turn(new AbsenceReconciler(), ResourceName.cluster(node));
    }

    private List<Allocation> on(String node) {
        return world.copies("web").stream().filter(a -> a.spec().node().equals(node)).toList();
    }
}
