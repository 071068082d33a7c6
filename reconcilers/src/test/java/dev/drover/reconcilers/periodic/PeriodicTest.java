package dev.drover.reconcilers.periodic;

import static dev.drover.reconcilers.Sketch.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.decision.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeriodicTest {
    private static final Instant QUARTER = NOON.plus(Duration.ofMinutes(15));

    private final World world = new World();

    @BeforeEach
    void a_node() {
        world.put(World.node("a1"));
    }

    @Test
    void waits_for_the_first_time_after_its_registration() {
        admitted(false, "*/15 * * * *");

        Decision decision = turn();

        assertThat(decision.actions()).isEmpty();
        assertThat(decision.lookAgain()).contains(QUARTER);
        assertThat(decision.because()).isEqualTo("it is launched next at 2026-01-01T12:15:00Z");
    }

    @Test
    void launches_a_job_of_its_own_that_the_placer_runs() {
        admitted(false, "*/15 * * * *");
        world.pass(Duration.ofMinutes(15));

        assertThat(turn().lookAgain()).contains(QUARTER.plus(Duration.ofMinutes(15)));

        assertThat(launches()).containsExactly("backup/periodic-" + QUARTER.getEpochSecond());
        Job child = world.job(launches().getFirst());
        assertThat(child.spec().periodic()).isEmpty();
        assertThat(child.launchedBy(world.job("backup"))).isTrue();
        world.place(child.metadata().name());
        assertThat(world.live(child.metadata().name())).hasSize(1);
    }

    @Test
    void launches_once_for_each_time_however_often_it_is_asked() {
        admitted(false, "*/15 * * * *");
        world.pass(Duration.ofMinutes(15));

        turn();
        turn();

        assertThat(launches()).hasSize(1);
    }

    @Test
    void makes_up_for_all_that_was_missed_by_one_launch() {
        admitted(false, "*/15 * * * *");
        world.pass(Duration.ofHours(3).plusMinutes(1));

        turn();

        assertThat(launches()).containsExactly("backup/periodic-" + QUARTER.getEpochSecond());
        assertThat(turn().lookAgain()).contains(NOON.plus(Duration.ofMinutes(195)));
    }

    @Test
    void leaves_a_time_out_while_an_earlier_launch_runs_if_the_job_says_so() {
        admitted(true, "*/15 * * * *");
        world.pass(Duration.ofMinutes(15));
        turn();
        world.pass(Duration.ofMinutes(15));

        Decision decision = turn();

        assertThat(launches()).hasSize(1);
        assertThat(decision.because()).contains("is not over, and the job prohibits overlap");
        ended(launches().getFirst());
        world.pass(Duration.ofMinutes(15));
        turn();
        assertThat(launches()).hasSize(2);
    }

    @Test
    void launches_side_by_side_otherwise() {
        admitted(false, "*/15 * * * *");
        for (int i = 0; i < 3; i++) {
            world.pass(Duration.ofMinutes(15));
            turn();
        }

        assertThat(launches()).hasSize(3);
    }

    @Test
    void takes_the_earliest_of_several_times() {
        admitted(false, "0 18 * * *", "30 12 * * *");

        assertThat(turn().lookAgain()).contains(NOON.plus(Duration.ofMinutes(30)));
    }

    @Test
    void a_clock_that_was_set_back_launches_again_and_nothing_twice() {
        admitted(false, "*/15 * * * *");
        world.pass(Duration.ofDays(1));
        turn();
        world.pass(Duration.ofDays(-1));

        turn();
        world.pass(Duration.ofMinutes(15));
        turn();
        world.pass(Duration.ofMinutes(15));
        turn();

        assertThat(launches())
                .containsExactly(
                        "backup/periodic-" + QUARTER.getEpochSecond(),
                        "backup/periodic-" + QUARTER.plusSeconds(900).getEpochSecond());
    }

    @Test
    void a_job_that_is_stopped_or_waits_for_a_dispatch_is_not_launched() {
        Sketch stopped = job(false, "*/15 * * * *").stopped();
        world.put(stopped.version(0)).put(stopped.job(0));
        world.pass(Duration.ofHours(1));

        assertThat(turn().because()).isEqualTo("no clock launches it");
    }

    @Test
    void what_ran_before_it_was_launched_by_a_clock_stops() {
        world.admit(Sketch.service("backup"), 0).place("backup");
        world.settle("backup");

        world.admit(job(false, "*/15 * * * *"), 1).place("backup");

        assertThat(world.live("backup")).isEmpty();
        world.settle("backup").place("backup");
        assertThat(world.place("backup").actions()).isEmpty();
    }

    @Test
    void another_life_of_the_name_is_nobodys_parent() {
        admitted(false, "*/15 * * * *");
        world.pass(Duration.ofMinutes(15));
        turn();
        Job reborn = job(true, "*/15 * * * *").job(0);
        Metadata metadata = reborn.metadata().born("another-uid", world.now());

        world.put(reborn.withMetadata(metadata));

        assertThat(world.cluster().launchedBy(world.job("backup"))).isEmpty();
    }

    private static Sketch job(boolean prohibitOverlap, String... crons) {
        return Sketch.of(JobType.BATCH, "backup").periodic(prohibitOverlap, crons);
    }

    private void admitted(boolean prohibitOverlap, String... crons) {
        world.admit(job(prohibitOverlap, crons), 0);
    }

    private Decision turn() {
        return world.turn(new PeriodicReconciler(), new ResourceName("default", "backup"));
    }

    private List<String> launches() {
        return world.cluster()
                .launchedBy(world.job("backup"))
                .map(job -> job.metadata().name())
                .toList();
    }

    private void ended(String job) {
        world.place(job);
        world.report(world.live(job).getFirst(), AllocationPhase.COMPLETE);
        world.place(job);
        assertThat(world.job(job).status().phase()).isEqualTo(JobPhase.DEAD);
    }
}
