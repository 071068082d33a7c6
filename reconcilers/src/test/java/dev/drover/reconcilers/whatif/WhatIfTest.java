package dev.drover.reconcilers.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.absence.AbsenceReconciler;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WhatIfTest {
    private static final DrainSpec HOUR =
            new DrainSpec(Optional.of(Sketch.NOON.plusSeconds(3600)), false);

    private final World world = new World();

    @BeforeEach
    void two_racks() {
        world.put(World.node("a1")).put(World.node("b1"));
        Sketch spread = Sketch.service("web").count(4).resources(1_000, 512);
        world.admit(spread.spread("${attr.rack}"), 0).place("web");
        world.settle("web").place("web");
    }

    @Test
    void predicts_the_moves_that_then_happen() {
        WhatIf answer = WhatIf.lose(Set.of("a1"), world.cluster(), world.now());

        world.node("a1", n -> n.withStatus(n.status().in(NodePhase.DOWN, "silent", world.now())));
        world.turn(new AbsenceReconciler(), ResourceName.cluster("a1"));
        world.place("web");

        List<WhatIf.Move> happened =
                world.live("web").stream()
                        .filter(copy -> copy.spec().attempt() == 1)
                        .map(copy -> new WhatIf.Move(copy.title(), "a1", copy.spec().node()))
                        .toList();
        assertThat(answer.moves()).hasSize(2).isEqualTo(happened);
        assertThat(answer.without()).isEmpty();
    }

    @Test
    void says_what_would_have_no_place_and_why() {
        world.admit(Sketch.service("big").resources(2_000, 6_000), 0).place("big");
        String node = world.live("big").getFirst().spec().node();
        String other = node.equals("a1") ? "b1" : "a1";
        world.admit(Sketch.service("block").resources(100, 6_000), 0).place("block");
        assertThat(world.live("block").getFirst().spec().node()).isEqualTo(other);

        WhatIf answer = WhatIf.drain(Set.of(node), HOUR, world.cluster(), world.now());

        assertThat(answer.without()).containsKey("default/big");
    }

    @Test
    void of_a_new_node_says_what_it_does_not_help() {
        world.admit(Sketch.service("big").resources(2_000, 60_000), 0).place("big");

        WhatIf answer = WhatIf.add(List.of(World.node("c1")), world.cluster(), world.now());

        assertThat(answer.moves()).isEmpty();
        assertThat(answer.without()).containsKey("default/big");
    }

    @Test
    void writes_nothing() {
        var before = world.cluster();

        WhatIf.drain(Set.of("a1", "b1"), HOUR, world.cluster(), world.now());

        assertThat(world.cluster()).isSameAs(before);
        assertThat(world.live("web")).hasSize(4);
    }
}
