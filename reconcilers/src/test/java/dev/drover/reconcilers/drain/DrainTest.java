package dev.drover.reconcilers.drain;

import static dev.drover.reconcilers.Sketch.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.decision.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final Instant DEADLINE = NOON.plus(Duration.ofHours(1));

    private final World world = new World();

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
        world.live(name).forEach(copy -> world.report(copy, AllocationPhase.RUNNING));
    }

    private void drained(boolean ignoreSystem) {
        DrainSpec drain = new DrainSpec(Optional.of(DEADLINE), ignoreSystem);
        world.node("a1", n -> n.withSpec(new NodeSpec(false, Optional.of(drain))));
    }

    private Decision turn() {
        return world.turn(new DrainReconciler(), ResourceName.cluster("a1"));
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
