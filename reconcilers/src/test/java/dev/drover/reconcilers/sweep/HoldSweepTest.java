package dev.drover.reconcilers.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.HoldSpec;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Decision;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldSweepTest {
    private final World world = new World();

    @Test
    void a_hold_waits_an_hour_for_what_it_is_to_hold() {
        Hold hold = hold(Kind.JOB, "web");
        world.put(hold);

        assertThat(sweep(hold).lookAgain()).contains(Sketch.NOON.plus(Ages.USUAL.history()));
        assertThat(world.cluster().holds()).hasSize(1);
        world.pass(Ages.USUAL.history());
        sweep(hold);

        assertThat(world.cluster().holds()).isEmpty();
    }

    @Test
    void a_hold_on_what_is_there_stays() {
        Hold onNode = hold(Kind.NODE, "a1");
        Hold onJob = hold(Kind.JOB, "web");
        world.put(World.node("a1")).admit(Sketch.service("web"), 0).put(onNode).put(onJob);
        world.pass(Ages.USUAL.job());

        sweep(onNode);
        sweep(onJob);

        assertThat(world.cluster().holds()).hasSize(2);
    }

    @Test
    void a_node_that_goes_wakes_the_holds_on_it() {
        Node node = World.node("a1");
        Hold hold = hold(Kind.NODE, "a1");
        world.put(hold).put(hold(Kind.NODE, "b1")).put(hold(Kind.JOB, "a1"));

        assertThat(
                        new HoldSweepReconciler(Ages.USUAL)
                                .concerns(ClusterChange.removed(node), world.cluster()))
                .containsExactly(hold.name());
    }

    private static Hold hold(Kind kind, String name) {
        return new Hold(
                Metadata.named("default", Hold.nameOf(kind, name)).born("u", Sketch.NOON),
                new HoldSpec(kind, name, "ann", "we look into it", Optional.empty()));
    }

    private Decision sweep(Hold hold) {
        return world.turn(new HoldSweepReconciler(Ages.USUAL), hold.name());
    }
}
