package dev.drover.reconcilers.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.HoldSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Decision;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeSweepTest {
    private static final ResourceName AGENT = new ResourceName("default", "agent");

    private final World world = new World();

    @Test
    void copies_of_a_system_job_go_when_their_node_is_gone() {
        world.put(World.node("a1")).put(World.node("b1"));
        world.admit(Sketch.of(JobType.SYSTEM, "agent"), 0).place("agent");
        world.settle("agent").place("agent");
        Allocation first = on("a1");
        gone("a1");

        assertThat(sweep().lookAgain()).contains(Sketch.NOON.plus(Ages.USUAL.history()));
        assertThat(world.copies("agent")).hasSize(2);
        world.pass(Ages.USUAL.history());
        sweep();

        assertThat(world.copies("agent")).singleElement().returns("b1", copy -> copy.spec().node());
        Node another = World.node("a1");
        world.put(another.withMetadata(another.metadata().born("another", world.now())));
        world.place("agent");
        assertThat(on("a1").spec().attempt()).isZero();
        assertThat(on("a1").id()).as("what the first a1 may still have").isNotEqualTo(first.id());
    }

    @Test
    void a_node_that_goes_wakes_the_jobs_that_are_on_every_node() {
        world.put(World.node("a1")).admit(Sketch.of(JobType.SYSBATCH, "agent"), 0);
        world.admit(Sketch.service("web"), 0);
        Node node = gone("a1");

        assertThat(
                        new SweepReconciler(Ages.USUAL)
                                .concerns(ClusterChange.removed(node), world.cluster()))
                .containsExactly(AGENT);
    }

    @Test
    void what_succeeded_on_a_node_that_is_there_stays() {
        world.put(World.node("a1")).admit(Sketch.of(JobType.SYSBATCH, "agent"), 0);
        world.place("agent");
        world.report(on("a1"), AllocationPhase.COMPLETE);
        world.admit(Sketch.of(JobType.SYSBATCH, "agent").priority(60), 1).place("agent");
        world.put(World.node("b1")).place("agent");
        world.pass(Ages.USUAL.history());

        sweep();

        assertThat(world.copies("agent")).hasSize(2);
    }

    @Test
    void holds_on_nodes_go_when_they_are_over() {
        world.put(World.node("a1"));
        world.put(hold("soon", Optional.of(Sketch.NOON))).put(hold("ever", Optional.empty()));

        assertThat(sweepNode().lookAgain()).contains(Sketch.NOON.plus(Ages.USUAL.history()));
        assertThat(world.cluster().holds()).hasSize(2);
        world.remove(hold("ever", Optional.empty()));
        world.pass(Ages.USUAL.history());
        sweepNode();

        assertThat(world.cluster().holds()).isEmpty();
        assertThat(world.cluster().nodes()).hasSize(1);
    }

    @Test
    void a_hold_without_an_end_stays() {
        world.put(World.node("a1")).put(hold("ever", Optional.empty()));
        world.pass(Ages.USUAL.job());

        assertThat(sweepNode().actions()).isEmpty();
        assertThat(world.last().lookAgain()).isEmpty();
    }

    private Node gone(String name) {
        Node node = world.cluster().nodes().get(name).orElseThrow();
        world.live("agent").stream()
                .filter(copy -> copy.spec().node().equals(name))
                .forEach(
                        copy -> world.put(copy.lost("node " + name + " was deleted", world.now())));
        world.remove(node).place("agent");
        return node;
    }

    private Allocation on(String node) {
        return world.copies("agent").stream()
                .filter(copy -> copy.spec().node().equals(node))
                .findFirst()
                .orElseThrow();
    }

    private static Hold hold(String name, Optional<Instant> until) {
        return new Hold(
                Metadata.named("default", name),
                new HoldSpec(Kind.NODE, "a1", "ann", "we look into it", until));
    }

    private Decision sweep() {
        return world.turn(new SweepReconciler(Ages.USUAL), AGENT);
    }

    private Decision sweepNode() {
        return world.turn(new NodeSweepReconciler(Ages.USUAL), ResourceName.cluster("a1"));
    }
}
