package dev.drover.reconcilers.drain;

import static dev.drover.reconcilers.Sketch.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.HoldSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.Updates;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final Instant DEADLINE = NOON.plus(Duration.ofHours(1));

    private static final ResourceName A1 = ResourceName.cluster("a1");

    private final World world = new World();
    private final DrainReconciler drains = new DrainReconciler();

    @BeforeEach
    void a_node() {
        world.put(World.node("a1"));
    }

    @Test
    void copies_leave_one_by_one_as_others_serve_elsewhere() {
        running(Sketch.service("web").count(3));
        drained(false);

        turn();
        assertThat(leaving("web")).hasSize(1);
        turn();
        assertThat(leaving("web")).as("the group can spare no more").hasSize(1);

        world.put(World.node("b1"));
        world.settle("web").place("web");
        world.settle("web").place("web");
        turn();
        assertThat(on("a1", "web").stream().filter(Allocation::live)).hasSize(1);
    }

    @Test
    void a_copy_that_runs_serves_once_its_node_says_that_it_is_healthy() {
        running(Sketch.service("web").count(2));
        drained(false);
        world.put(World.node("b1"));
        turn();
        world.report(leaving("web").getFirst(), AllocationPhase.COMPLETE).place("web");
        Allocation next = on("b1", "web").getFirst();

        world.report(next, AllocationPhase.RUNNING, Optional.empty());
        turn();
        assertThat(leaving("web")).as("perhaps it never will be").isEmpty();

        world.report(next, AllocationPhase.RUNNING, Optional.of(true));
        turn();
        assertThat(leaving("web")).hasSize(1);
    }

    @Test
    void nobody_waits_for_health_that_only_people_say() {
        running(Sketch.service("web").count(2).update(Updates.manual(Updates.of(1))));
        drained(false);
        world.copies("web")
                .forEach(copy -> world.report(copy, AllocationPhase.RUNNING, Optional.empty()));

        turn();

        assertThat(leaving("web")).hasSize(1);
    }

    @Test
    void nodes_that_are_emptied_together_let_go_of_no_more_than_one_may() {
        world.put(World.node("a2"));
        running(Sketch.service("web").count(2).constraint("", "distinct_hosts", "true"));
        drained(false);
        world.node("a2", n -> n.withSpec(drain(false)));

        List<Decision> turns =
                Stream.of("a1", "a2")
                        .map(ResourceName::cluster)
                        .map(node -> drains.decide(node, world.cluster(), world.now()))
                        .toList();

        assertThat(turns.stream().flatMap(DrainTest::written))
                .as("both look at the same view")
                .hasSize(1);
    }

    @Test
    void what_leaves_relies_on_the_copies_of_other_nodes_that_are_emptied() {
        world.put(World.node("a2"));
        running(Sketch.service("web").count(2).constraint("", "distinct_hosts", "true"));
        drained(false);
        Decision first = drains.decide(A1, world.cluster(), world.now());
        world.node("a2", n -> n.withSpec(drain(false)));
        Allocation other = on("a1", "web").getFirst();

        Decision second = drains.decide(ResourceName.cluster("a2"), world.cluster(), world.now());
        Decision again = drains.decide(A1, world.cluster(), world.now());

        assertThat(written(first)).hasSize(1);
        assertThat(relied(first)).as("as it is while nobody empties it").containsExactly("a2");
        assertThat(written(second)).hasSize(1);
        assertThat(relied(second)).as("it may leave first").containsExactly(other.id());
        assertThat(again.actions()).isEmpty();
    }

    @Test
    void who_waits_for_another_node_looks_again_when_that_is_emptied_no_more() {
        world.put(World.node("a2"));
        running(Sketch.service("web").count(2).constraint("", "distinct_hosts", "true"));
        drained(false);
        world.node("a2", n -> n.withSpec(drain(false)));
        Node emptied = world.cluster().nodes().get("a2").orElseThrow();
        assertThat(turn().actions()).as("the copy on a2 leaves first").isEmpty();

        world.node("a2", n -> n.withSpec(NodeSpec.open()));
        Node open = world.cluster().nodes().get("a2").orElseThrow();

        assertThat(drains.concerns(ClusterChange.changed(emptied, open), world.cluster()))
                .containsExactly(A1);
        turn();
        assertThat(leaving("web")).hasSize(1);
    }

    @Test
    void what_leaves_at_the_deadline_relies_on_nothing() {
        world.put(World.node("a2"));
        running(Sketch.service("web").count(2).constraint("", "distinct_hosts", "true"));
        drained(false);
        world.pass(Duration.ofHours(1));

        assertThat(relied(drains.decide(A1, world.cluster(), world.now()))).isEmpty();
    }

    private static Stream<Resource> written(Decision decision) {
        return decision.actions().stream()
                .filter(action -> !(action instanceof Action.Unchanged))
                .map(Action::resource);
    }

    private static List<String> relied(Decision decision) {
        return decision.actions().stream()
                .filter(action -> action instanceof Action.Unchanged)
                .map(action -> action.resource().metadata().name())
                .toList();
    }

    @Test
    void what_leaves_already_is_spared_no_second_time() {
        running(Sketch.service("web").count(4));
        running(Sketch.service("one"));
        drained(false);
        turn();

        assertThat(turn().actions()).isEmpty();
        assertThat(leaving("one")).as("other jobs do not wait").hasSize(1);
    }

    @Test
    void a_hold_on_a_job_keeps_its_copies_until_it_is_over() {
        running(Sketch.service("web"));
        Hold hold = hold(Optional.empty());
        drained(false);
        world.pass(Duration.ofHours(2));
        assertThat(turn().because()).isEqualTo("1 allocations stay: their jobs are held");

        world.remove(hold);

        assertThat(drains.concerns(ClusterChange.removed(hold), world.cluster()))
                .containsExactly(ResourceName.cluster("a1"));
        turn();
        assertThat(leaving("web")).hasSize(1);
    }

    @Test
    void a_hold_with_an_end_is_looked_at_then() {
        running(Sketch.service("web"));
        Instant end = NOON.plus(Duration.ofHours(3));
        hold(Optional.of(end));
        drained(false);
        world.pass(Duration.ofHours(2));

        assertThat(turn().lookAgain()).contains(end);
    }

    @Test
    void copies_that_do_not_serve_yet_leave_at_once() {
        running(Sketch.service("web").count(2));
        world.admit(Sketch.service("slow").count(3), 0).place("slow");
        world.report(world.copies("web").getFirst(), AllocationPhase.RUNNING, Optional.of(false));
        drained(false);

        turn();

        assertThat(leaving("slow")).as("all are pending").hasSize(3);
        assertThat(leaving("web")).as("one is ill, the other serves").hasSize(1);
    }

    @Test
    void at_the_deadline_everybody_leaves() {
        running(Sketch.service("web").count(3));
        running(Sketch.of(JobType.BATCH, "etl").count(2));
        drained(false);
        world.pass(Duration.ofHours(1));

        turn();

        assertThat(leaving("web")).hasSize(3);
        assertThat(leaving("etl")).hasSize(2);
    }

    @Test
    void batch_copies_may_run_to_their_end() {
        running(Sketch.of(JobType.BATCH, "etl").count(2));
        drained(false);

        assertThat(turn().lookAgain()).contains(DEADLINE);
        assertThat(leaving("etl")).isEmpty();
    }

    @Test
    void system_jobs_leave_last() {
        running(Sketch.of(JobType.SYSTEM, "agent"));
        running(Sketch.service("web"));
        drained(false);

        turn();
        assertThat(leaving("agent")).isEmpty();
        world.settle("web");
        turn();

        assertThat(leaving("agent")).hasSize(1);
    }

    @Test
    void system_jobs_stay_when_asked_for() {
        running(Sketch.of(JobType.SYSTEM, "agent"));
        drained(true);

        turn();

        assertThat(world.live("agent")).hasSize(1);
        assertThat(spec()).isEqualTo(new NodeSpec(false, Optional.empty()));
    }

    @Test
    void an_empty_node_stays_closed() {
        drained(false);

        turn();

        assertThat(spec()).isEqualTo(new NodeSpec(false, Optional.empty()));
    }

    private void running(Sketch sketch) {
        String name = sketch.job(0).metadata().name();
        world.admit(sketch, 0).place(name);
        world.settle(name).place(name);
    }

    private void drained(boolean ignoreSystem) {
        world.node("a1", n -> n.withSpec(drain(ignoreSystem)));
    }

    private static NodeSpec drain(boolean ignoreSystem) {
        return new NodeSpec(false, Optional.of(new DrainSpec(Optional.of(DEADLINE), ignoreSystem)));
    }

    private Hold hold(Optional<Instant> until) {
        Hold hold =
                new Hold(
                        Metadata.named("default", Hold.nameOf(Kind.JOB, "web")),
                        new HoldSpec(Kind.JOB, "web", "ann", "she looks into it", until));
        world.put(hold);
        return hold;
    }

    private Decision turn() {
        return world.turn(drains, ResourceName.cluster("a1"));
    }

    private NodeSpec spec() {
        return world.cluster().nodes().get("a1").orElseThrow().spec();
    }

    private List<Allocation> leaving(String job) {
        return on("a1", job).stream().filter(copy -> !copy.live() && copy.occupies()).toList();
    }

    private List<Allocation> on(String node, String job) {
        return world.copies(job).stream().filter(a -> a.spec().node().equals(node)).toList();
    }
}
