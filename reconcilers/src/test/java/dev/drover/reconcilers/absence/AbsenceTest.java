package dev.drover.reconcilers.absence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AbsenceTest {
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
        assertThat(on("a1")).extracting(a -> a.status().because()).containsOnly("node a1 is down");
        assertThat(on("a1")).allMatch(a -> a.status().finished().isPresent());
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
