package dev.drover.reconcilers.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.decision.Decision;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final ResourceName WEB = new ResourceName("default", "web");

    private final World world = new World();

    @BeforeEach
    void a_node() {
        world.put(World.node("a1"));
    }

    @Test
    void a_dead_job_goes_after_its_age_with_all_that_belongs_to_it() {
        stoppedJob();

        assertThat(sweep(Ages.USUAL).lookAgain()).contains(Sketch.NOON.plus(Ages.USUAL.job()));
        assertThat(world.cluster().jobs()).hasSize(1);
        world.pass(Ages.USUAL.job());
        sweep(Ages.USUAL);

        assertThat(world.cluster().jobs()).isEmpty();
        assertThat(world.cluster().allocationsOf(WEB)).isEmpty();
        assertThat(world.cluster().evaluationsOf(WEB)).isEmpty();
        assertThat(world.cluster().versionsOf(WEB)).isEmpty();
    }

    @Test
    void on_demand_it_goes_at_once() {
        stoppedJob();

        sweep(Ages.NONE);

        assertThat(world.cluster().jobs()).isEmpty();
    }

    @Test
    void a_job_that_is_stopping_stays() {
        world.admit(Sketch.service("web"), 0).place("web");
        world.settle("web");
        world.admit(Sketch.service("web").stopped(), 1).place("web");

        sweep(Ages.NONE);

        assertThat(world.cluster().jobs()).hasSize(1);
        assertThat(world.copies("web")).hasSize(1);
    }

    @Test
    void a_job_that_is_to_be_deleted_goes_once_nothing_runs() {
        world.admit(Sketch.service("web"), 0).place("web");
        Job job = world.job("web");
        world.put(job.withMetadata(job.metadata().deleted(world.now()))).place("web");
        sweep(Ages.USUAL);
        assertThat(world.cluster().jobs()).hasSize(1);

        world.settle("web");
        sweep(Ages.USUAL);

        assertThat(world.cluster()).returns(0, c -> c.jobs().size());
    }

    @Test
    void the_newest_copy_of_a_slot_stays_so_that_its_number_goes_on() {
        world.admit(Sketch.of(JobType.BATCH, "web").count(2), 0).place("web");
        world.settle("web");
        world.copies("web").forEach(copy -> world.report(copy, AllocationPhase.COMPLETE));
        world.admit(Sketch.of(JobType.BATCH, "web").count(3), 1).place("web");
        world.pass(Duration.ofDays(1));

        sweep(Ages.USUAL);

        assertThat(world.copies("web")).extracting(a -> a.spec().index()).containsExactly(0, 1, 2);
    }

    @Test
    void copies_beyond_the_last_eight_of_a_slot_go() {
        world.admit(Sketch.service("web"), 0);
        for (int i = 0; i < 12; i++) {
            world.place("web");
            world.live("web").forEach(copy -> world.report(copy, AllocationPhase.LOST));
        }
        world.place("web");
        world.pass(Ages.USUAL.history());

        sweep(Ages.USUAL);

        assertThat(world.copies("web")).hasSize(8);
        assertThat(world.live("web")).hasSize(1);
    }

    @Test
    void versions_that_run_and_the_last_six_stay() {
        for (int version = 0; version < 10; version++) {
            world.admit(Sketch.service("web").priority(50 + version), version);
            if (version == 1) {
                world.place("web");
            }
        }

        sweep(Ages.USUAL);

        assertThat(world.cluster().versionsOf(WEB).stream().map(k -> k.version().spec().version()))
                .containsExactlyInAnyOrder(1, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void evaluations_that_a_copy_refers_to_stay() {
        world.admit(Sketch.service("web"), 0).place("web");
        world.settle("web");
        String first = world.copies("web").getFirst().spec().evaluation();
        world.pass(Duration.ofDays(2));
        world.admit(Sketch.service("web").count(2), 1).place("web");
        world.pass(Duration.ofDays(2));

        sweep(Ages.USUAL);

        assertThat(world.copies("web").stream().map(Allocation::spec).map(s -> s.evaluation()))
                .allMatch(id -> evaluation(world.cluster(), id));
        assertThat(first).isNotEmpty();
    }

    private static boolean evaluation(Cluster cluster, String id) {
        return cluster.evaluationsOf(WEB).get(id).isPresent();
    }

    private void stoppedJob() {
        world.admit(Sketch.service("web"), 0).place("web");
        world.settle("web");
        world.admit(Sketch.service("web").stopped(), 1).place("web");
        world.settle("web").place("web");
    }

    private Decision sweep(Ages ages) {
        return world.turn(new SweepReconciler(ages), WEB);
    }
}
