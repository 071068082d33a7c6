package dev.drover.reconcilers.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.shape.Records;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whether a slot is out for the sake of an update, where what was stopped, or the copy that came
/// after it, is still there and another one serves.
class RolloutsTest {
    private static final String JOB = "job3";
    private static final Optional<Boolean> UNSAID = Optional.empty();
    private static final Optional<Boolean> HEALTHY = Optional.of(true);

    private final World world = new World();

    @BeforeEach
    void a_copy_that_served_is_stopped_for_an_update() {
        world.put(World.node("a1")).put(World.node("b1"));
        world.admit(Sketch.service(JOB).disconnect(People.absence(JOB).orElseThrow()), 0);
        world.place(JOB);
        world.settle(JOB);
        Allocation first = newest();
        world.put(
                first.withSpec(
                        first.spec().stopped(DesiredState.STOP, "a newer version replaces it")));
    }

    /// Seed 20472 of the simulation.
    @Test
    void a_slot_whose_next_copy_is_silent_is_out_until_a_newer_one_serves() {
        theNextIsSilent();
        assertThat(out()).hasSize(1);
        world.place(JOB);
        assertThat(world.live(JOB)).hasSize(2);
        assertThat(out()).hasSize(1);
        world.report(newest(), AllocationPhase.RUNNING, UNSAID);
        assertThat(out()).hasSize(1);

        world.report(newest(), AllocationPhase.RUNNING, HEALTHY);

        assertThat(out()).isEmpty();
    }

    @Test
    void it_is_out_again_when_the_newer_one_is_silent_or_ill() {
        theNextIsSilent();
        world.place(JOB);

        world.report(newest(), AllocationPhase.UNKNOWN, HEALTHY);
        assertThat(out()).hasSize(1);
        world.report(newest(), AllocationPhase.RUNNING, Optional.of(false));
        assertThat(out()).hasSize(1);
    }

    /// Seed 50836: the node of what was stopped is silent, so that it is long in leaving.
    @Test
    void a_slot_is_out_while_a_copy_leaves_unless_a_canary_took_over() {
        assertThat(out()).hasSize(1);
        Allocation canary = canaryBeside(newest());
        assertThat(out()).hasSize(1);

        world.put(canary.withSpec(canary.spec().promoted()));

        assertThat(out()).isEmpty();
    }

    private void theNextIsSilent() {
        world.settle(JOB).place(JOB);
        world.report(newest(), AllocationPhase.UNKNOWN, UNSAID);
        world.node(
                newest().spec().node(),
                node -> node.withStatus(node.status().in(NodePhase.DISCONNECTED, "", world.now())));
    }

    /// It runs and is healthy.
    private Allocation canaryBeside(Allocation copy) {
        AllocationSpec spec = Records.with(copy.spec(), "attempt", copy.spec().attempt() + 1);
        Allocation next =
                new Allocation(
                        Metadata.named("default", "next"),
                        Records.with(
                                Records.with(spec, "canary", true), "desired", DesiredState.RUN),
                        copy.status());
        world.put(next);
        return next;
    }

    private Allocation newest() {
        return world.copies(JOB).getLast();
    }

    private Set<String> out() {
        return Rollouts.out(world.copies(JOB), world.cluster(), copy -> copy.spec().attempt() == 0)
                .getOrDefault(JOB, Set.of());
    }
}
