package dev.drover.node.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.RestartMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class TaskLifecycleTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Ending FAILED = new Ending.Exited(new Exit.Code(1));
    private static final Ending SUCCEEDED = new Ending.Exited(new Exit.Code(0));
    private static final RandomGenerator NO_CHANCE = () -> 0;

    private static final RestartRules BATCH =
            new RestartRules(
                    2, Duration.ofMinutes(30), Duration.ofSeconds(15), RestartMode.FAIL, false);
    private static final RestartRules SERVICE =
            new RestartRules(
                    2, Duration.ofMinutes(30), Duration.ofSeconds(15), RestartMode.DELAY, true);

    private static Restarts since(Instant start, int count) {
        return new Restarts(Optional.of(start), count);
    }

    private static TaskStep next(Ending ending, RestartRules rules, Restarts restarts) {
        return TaskLifecycle.next(ending, rules, restarts, NOON, NO_CHANCE);
    }

    @Test
    void a_failed_task_starts_again_after_the_delay() {
        assertThat(next(FAILED, BATCH, Restarts.NONE))
                .isEqualTo(
                        new TaskStep.Restart(
                                Duration.ofSeconds(15), "Restart within policy", since(NOON, 1)));
    }

    @Test
    void the_delay_is_longer_by_up_to_a_quarter() {
        RandomGenerator chance = new SplittableRandom(1);
        for (int i = 0; i < 100; i++) {
            var step =
                    (TaskStep.Restart)
                            TaskLifecycle.next(FAILED, BATCH, Restarts.NONE, NOON, chance);
            assertThat(step.delay()).isBetween(Duration.ofSeconds(15), Duration.ofMillis(18_750));
        }
    }

    @Test
    void it_fails_when_the_attempts_of_the_interval_are_used_up() {
        assertThat(next(FAILED, BATCH, since(NOON.minusSeconds(60), 2)))
                .isEqualTo(
                        new TaskStep.Fail(
                                "Exceeded allowed attempts 2 in interval 30m0s and mode is"
                                        + " \"fail\""));
    }

    @Test
    void a_new_interval_counts_anew() {
        assertThat(next(FAILED, BATCH, since(NOON.minusSeconds(1801), 2)))
                .isInstanceOfSatisfying(
                        TaskStep.Restart.class,
                        step -> assertThat(step.restarts()).isEqualTo(since(NOON, 1)));
    }

    @Test
    void what_the_node_lacks_for_a_while_uses_up_no_attempt() {
        Ending lacking = new Ending.Lacking("too many open files");
        Restarts used = since(NOON.minusSeconds(60), 2);

        assertThat(next(lacking, BATCH, used))
                .isEqualTo(
                        new TaskStep.Wait(
                                Duration.ofSeconds(5), "too many open files", used.lacking(NOON)));
        assertThat(next(lacking, BATCH, used.lacking(NOON.minusSeconds(299))))
                .isInstanceOf(TaskStep.Wait.class);
    }

    @Test
    void what_the_node_lacks_for_long_is_left_to_the_policy() {
        Ending lacking = new Ending.Lacking("too many open files");
        Restarts lasting = Restarts.NONE.lacking(NOON.minus(TaskLifecycle.LACKING_MAX));

        assertThat(next(lacking, BATCH, lasting))
                .isInstanceOfSatisfying(
                        TaskStep.Restart.class,
                        step -> assertThat(step.restarts().inWindow()).isEqualTo(1));
    }

    @Test
    void a_run_that_has_begun_ends_what_was_lacking() {
        assertThat(next(FAILED, BATCH, Restarts.NONE.lacking(NOON)))
                .isInstanceOfSatisfying(
                        TaskStep.Restart.class,
                        step -> assertThat(step.restarts()).isEqualTo(since(NOON, 1)));
    }

    @Test
    void a_clock_that_was_set_back_by_years_makes_nobody_wait_for_them() {
        Restarts before = since(NOON.plus(Duration.ofDays(3650)), 2);

        assertThat(next(FAILED, SERVICE, before))
                .isInstanceOfSatisfying(
                        TaskStep.Restart.class,
                        step -> assertThat(step.delay()).isEqualTo(Duration.ofMinutes(30)));
    }

    @Test
    void mode_delay_waits_for_the_interval_to_end() {
        assertThat(next(FAILED, SERVICE, since(NOON.minusSeconds(60), 2)))
                .isEqualTo(
                        new TaskStep.Restart(
                                Duration.ofMinutes(29),
                                "Exceeded allowed attempts, applying a delay",
                                since(NOON.minusSeconds(60), 3)));
    }

    @Test
    void a_batch_task_that_succeeded_is_done_and_a_service_is_not() {
        assertThat(next(SUCCEEDED, BATCH, Restarts.NONE))
                .isEqualTo(
                        new TaskStep.Complete(
                                "Restart unnecessary as task terminated successfully"));
        assertThat(next(SUCCEEDED, SERVICE, Restarts.NONE)).isInstanceOf(TaskStep.Restart.class);
    }

    @Test
    void what_can_never_start_fails_at_once() {
        assertThat(next(new Ending.Refused("no such program"), SERVICE, Restarts.NONE))
                .isEqualTo(new TaskStep.Fail("Error was unrecoverable"));
    }

    @Test
    void an_exit_that_nobody_saw_counts_as_a_failure() {
        assertThat(next(new Ending.Exited(new Exit.Unseen("reboot")), BATCH, Restarts.NONE))
                .isInstanceOf(TaskStep.Restart.class);
    }

    @Test
    void a_policy_without_attempts_allows_none() {
        RestartRules never =
                new RestartRules(0, Duration.ofHours(1), Duration.ZERO, RestartMode.FAIL, false);

        assertThat(next(FAILED, never, Restarts.NONE))
                .isEqualTo(new TaskStep.Fail("Policy allows no restarts"));
    }
}
