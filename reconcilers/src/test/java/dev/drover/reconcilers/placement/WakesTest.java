package dev.drover.reconcilers.placement;

import static dev.drover.manifests.model.AllocationPhase.RUNNING;
import static dev.drover.reconcilers.Sketch.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.cluster.ClusterChange;
import java.util.List;
import org.junit.jupiter.api.Test;

class WakesTest {
    private static final ResourceName WEB = new ResourceName("default", "web");

    private final World world = new World();

    private Wakes after(ClusterChange change) {
        return Wakes.of(List.of(change), world.cluster());
    }

    private Allocation placed() {
        world.put(World.node("a1")).admit(service("web").count(1), 0);
        world.place("web");
        return world.live("web").getFirst();
    }

    @Test
    void a_new_job_wakes_itself() {
        world.admit(service("web").count(1), 0);

        assertThat(after(ClusterChange.added(world.job("web"))).jobs()).containsExactly(WEB);
    }

    @Test
    void what_the_placer_wrote_wakes_nobody() {
        world.admit(service("web").count(1), 0);
        Job admitted = world.job("web");
        Allocation copy = placed();

        assertThat(after(ClusterChange.added(copy)).isEmpty()).isTrue();
        assertThat(after(ClusterChange.changed(admitted, world.job("web"))).isEmpty()).isTrue();
    }

    @Test
    void another_spec_wakes_its_job() {
        world.admit(service("web").count(1), 0);
        Job before = world.job("web");
        world.admit(service("web").count(2), 1);

        assertThat(after(ClusterChange.changed(before, world.job("web"))).jobs())
                .containsExactly(WEB);
    }

    @Test
    void a_copy_that_begins_to_run_or_goes_wakes_its_job() {
        Allocation copy = placed();
        world.report(copy, RUNNING);
        Allocation running = world.live("web").getFirst();

        assertThat(after(ClusterChange.changed(copy, running)).jobs()).containsExactly(WEB);
        assertThat(after(ClusterChange.removed(running)).jobs()).containsExactly(WEB);
    }

    @Test
    void what_a_copy_waits_for_is_told_with_its_job() {
        Allocation copy = placed();
        world.waits(copy, "Missing: nomadVar x");
        Allocation waiting = world.live("web").getFirst();
        world.waits(waiting, "Missing: nomadVar x");
        Allocation still = world.live("web").getFirst();

        assertThat(after(ClusterChange.changed(copy, waiting)).jobs()).containsExactly(WEB);
        assertThat(after(ClusterChange.changed(waiting, still)).isEmpty()).isTrue();
    }

    @Test
    void a_copy_of_a_job_that_is_not_there_is_looked_at() {
        Allocation copy = placed();

        assertThat(Wakes.of(List.of(ClusterChange.added(copy)), new World().cluster()).jobs())
                .containsExactly(WEB);
    }
}
