package dev.drover.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AllocationHealthTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static TaskState state(TaskPhase phase, boolean failed, Optional<Instant> started) {
        return new TaskState(
                phase, failed, 0, Optional.empty(), started, Optional.empty(), List.of());
    }

    private static final TaskState PENDING = state(TaskPhase.PENDING, false, Optional.empty());
    private static final TaskState DONE = state(TaskPhase.DEAD, false, Optional.of(NOON));
    private static final TaskState FAILED = state(TaskPhase.DEAD, true, Optional.of(NOON));

    private static TaskState runningSince(long second) {
        return state(TaskPhase.RUNNING, false, Optional.of(at(second)));
    }

    private static Instant at(long second) {
        return NOON.plusSeconds(second);
    }

    /// Two main tasks, one before and one after the others.
    private static TaskGroup group() throws IOException {
        return RecordJson.read(
                TaskGroup.class,
                """
                {"name":"g","update":{"healthCheck":"task_states","minHealthyTime":"10s",
                                      "healthyDeadline":"1m"},
                 "tasks":[{"name":"one","driver":"fake"},{"name":"two","driver":"fake"},
                          {"name":"before","driver":"fake","lifecycle":{"hook":"prestart"}},
                          {"name":"last","driver":"fake","lifecycle":{"hook":"poststop"}}]}
                """);
    }

    private static HealthStep next(TaskState one, TaskState two, TaskState before, Instant now)
            throws IOException {
        return next(one, two, before, List.of(), now);
    }

    private static HealthStep next(
            TaskState one, TaskState two, TaskState before, List<CheckSight> checks, Instant now)
            throws IOException {
        TaskGroup group = group();
        return AllocationHealth.next(
                new HealthView(
                        group,
                        HealthRules.of(group).orElseThrow(),
                        Map.of("one", one, "two", two, "before", before, "last", PENDING),
                        checks,
                        NOON),
                now);
    }

    @Test
    void is_healthy_when_all_have_run_for_the_time_that_is_asked_for() throws IOException {
        TaskState early = runningSince(1);
        TaskState later = runningSince(5);

        assertThat(next(early, later, DONE, at(14))).isEqualTo(new HealthStep.Wait(at(15)));
        assertThat(next(early, later, DONE, at(15))).isEqualTo(new HealthStep.Healthy());
    }

    @Test
    void what_began_before_the_clock_was_set_back_counts_from_the_begin_of_the_watch()
            throws IOException {
        TaskState earlier = runningSince(3600);

        assertThat(next(earlier, earlier, DONE, at(9))).isEqualTo(new HealthStep.Wait(at(10)));
        assertThat(next(earlier, earlier, DONE, at(10))).isEqualTo(new HealthStep.Healthy());
    }

    @Test
    void a_restart_begins_the_time_anew() throws IOException {
        assertThat(next(runningSince(1), runningSince(40), DONE, at(45)))
                .isEqualTo(new HealthStep.Wait(at(50)));
    }

    @Test
    void waits_for_the_deadline_while_a_task_does_not_run() throws IOException {
        assertThat(next(runningSince(1), PENDING, DONE, at(20)))
                .isEqualTo(new HealthStep.Wait(at(60)));
        assertThat(next(runningSince(1), PENDING, DONE, at(60)))
                .isEqualTo(
                        new HealthStep.Unhealthy(
                                Map.of("two", "Task not running by healthy_deadline of 1m0s")));
    }

    @Test
    void what_cannot_be_proven_before_the_deadline_is_not_healthy() throws IOException {
        assertThat(next(runningSince(1), runningSince(55), DONE, at(66)))
                .isEqualTo(
                        new HealthStep.Unhealthy(
                                Map.of(
                                        "two",
                                        "Task not running for min_healthy_time of 10s by"
                                                + " healthy_deadline of 1m0s")));
    }

    @Test
    void what_was_proven_in_time_is_healthy_however_late_one_looks() throws IOException {
        assertThat(next(runningSince(1), runningSince(2), DONE, at(3600)))
                .isEqualTo(new HealthStep.Healthy());
    }

    @Test
    void a_task_that_has_failed_or_ended_needs_no_waiting() throws IOException {
        assertThat(next(FAILED, DONE, DONE, at(1)))
                .isEqualTo(
                        new HealthStep.Unhealthy(
                                Map.of(
                                        "one", "Unhealthy because of failed task",
                                        "two", "Unhealthy because of dead task")));
        assertThat(next(PENDING, PENDING, FAILED, at(1)))
                .isEqualTo(
                        new HealthStep.Unhealthy(
                                Map.of("before", "Unhealthy because of failed task")));
    }

    @Test
    void a_check_that_does_not_pass_is_waited_for_and_named() throws IOException {
        List<CheckSight> failing = List.of(new CheckSight("up", Set.of("one"), false, at(3)));
        List<CheckSight> passing = List.of(new CheckSight("up", Set.of("one"), true, at(30)));

        assertThat(next(runningSince(1), runningSince(2), DONE, failing, at(20)))
                .isEqualTo(new HealthStep.Wait(at(60)));
        assertThat(next(runningSince(1), runningSince(2), DONE, failing, at(60)))
                .isEqualTo(
                        new HealthStep.Unhealthy(
                                Map.of("one", "Services not healthy by deadline: check \"up\"")));
        assertThat(next(runningSince(1), runningSince(2), DONE, passing, at(39)))
                .isEqualTo(new HealthStep.Wait(at(40)));
        assertThat(next(runningSince(1), runningSince(2), DONE, passing, at(40)))
                .isEqualTo(new HealthStep.Healthy());
    }

    @Test
    void nobody_waits_for_the_health_of_a_batch_job_or_one_that_a_person_says() throws IOException {
        TaskGroup batch = RecordJson.read(TaskGroup.class, "{\"name\":\"g\",\"tasks\":[]}");
        TaskGroup manual =
                RecordJson.read(
                        TaskGroup.class,
                        "{\"name\":\"g\",\"update\":{\"healthCheck\":\"manual\"},\"tasks\":[]}");

        assertThat(HealthRules.of(batch)).isEmpty();
        assertThat(HealthRules.of(manual)).isEmpty();
    }

    @Test
    void rules_left_open_are_those_of_the_field() throws IOException {
        TaskGroup migrates =
                RecordJson.read(TaskGroup.class, "{\"name\":\"g\",\"migrate\":{},\"tasks\":[]}");

        assertThat(HealthRules.of(migrates))
                .contains(new HealthRules(true, Duration.ofSeconds(10), Duration.ofMinutes(5)));
    }
}
