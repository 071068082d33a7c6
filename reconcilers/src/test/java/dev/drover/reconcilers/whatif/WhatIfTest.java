package dev.drover.reconcilers.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

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
                        .map(copy ->
                                new WhatIf.Move(copy.title(), "a1", copy.spec().node(), 1, false))
                        .toList();
        assertThat(answer.moves()).hasSize(2).isEqualTo(happened);
        assertThat(answer.without()).isEmpty();
    }

    @Test
    void one_copy_moves_after_the_other_as_the_group_can_spare_them() {
        WhatIf answer = WhatIf.drain(Set.of("a1"), HOUR, world.cluster(), world.now());

        assertThat(answer.moves())
                .extracting(WhatIf.Move::from, WhatIf.Move::to, WhatIf.Move::step)
                .containsExactly(tuple("a1", "b1", 1), tuple("a1", "b1", 2));
    }

    @Test
    void what_nobody_can_spare_stops_at_the_deadline() {
        WhatIf answer = WhatIf.drain(Set.of("a1", "b1"), HOUR, world.cluster(), world.now());

        assertThat(answer.moves())
                .extracting(WhatIf.Move::title, WhatIf.Move::to, WhatIf.Move::step)
                .startsWith(tuple("web.main[0]", "", 1))
                .hasSize(4);
        assertThat(answer.moves())
                .extracting(WhatIf.Move::late)
                .containsExactly(false, true, true, true);
    }

    @Test
    void a_copy_in_the_slot_of_one_that_had_ended_is_new() {
        world.admit(Sketch.service("web").count(3).resources(1_000, 512), 1).place("web");
        world.settle("web").place("web");

        WhatIf answer =
                WhatIf.run(
                        world.admitted(Sketch.service("web").count(4).resources(1_000, 512), 2),
                        world.cluster(),
                        world.now());

        assertThat(answer.moves())
                .extracting(WhatIf.Move::title, WhatIf.Move::from)
                .containsExactly(tuple("web.main[3]", ""));
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
