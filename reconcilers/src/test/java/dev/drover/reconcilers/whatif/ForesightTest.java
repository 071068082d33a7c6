package dev.drover.reconcilers.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import org.junit.jupiter.api.Test;

class ForesightTest {
    private static final ResourceName WEB = new ResourceName("default", "web");

    private final World world = new World();

    @Test
    void a_replacement_has_the_room_that_its_old_copy_leaves() {
        running(Sketch.service("web").resources(3_000, 6_000));
        world.admit(Sketch.service("web").resources(3_500, 7_000), 1);

        assertThat(foresight().without()).isEmpty();
    }

    @Test
    void a_replacement_that_asks_for_more_than_that_is_without_a_place_and_says_why() {
        running(Sketch.service("web").resources(1_000, 1_000));
        world.admit(Sketch.service("web").resources(1_000, 9_000), 1);

        assertThat(foresight().without())
                .singleElement()
                .satisfies(why -> {
                    assertThat(why.together().count()).isEqualTo(1);
                    assertThat(why.together().refusals().getFirst().reason())
                            .isEqualTo(
                                    "memory exhausted: 9000 MiB asked, at most 8192 MiB free (on a1)");
                });
    }

    @Test
    void an_update_goes_on_until_the_room_is_used_up() {
        running(Sketch.service("web").count(4).maxParallel(1).resources(100, 2_000));
        world.admit(Sketch.service("web").count(4).maxParallel(1).resources(100, 2_100), 1);

        Foresight foresight = foresight();

        assertThat(foresight.without())
                .singleElement()
                .satisfies(why -> assertThat(why.together().count()).isEqualTo(1));
        assertThat(foresight.cluster().allocationsOf(WEB).stream())
                .filteredOn(copy -> copy.live() && copy.spec().jobVersion() == 1)
                .hasSize(1);
        assertThat(world.live("web")).allMatch(copy -> copy.spec().jobVersion() == 0);
    }

    private void running(Sketch sketch) {
        world.put(World.node("a1")).admit(sketch, 0).place("web");
        world.settle("web").place("web");
    }

    private Foresight foresight() {
        return Foresight.of(WEB, world.cluster(), world.now());
    }
}
