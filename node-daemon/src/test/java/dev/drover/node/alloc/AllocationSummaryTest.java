package dev.drover.node.alloc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AllocationSummaryTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static TaskState task(TaskPhase phase, boolean failed, int restarts, String last) {
        return new TaskState(
                phase,
                failed,
                restarts,
                Optional.empty(),
                phase == TaskPhase.PENDING && restarts == 0 ? Optional.empty() : Optional.of(NOON),
                phase == TaskPhase.DEAD ? Optional.of(NOON) : Optional.empty(),
                List.of(new TaskEvent(NOON, "Something", last)));
    }

    private static TaskState pending(String event, String message) {
        return new TaskState(
                TaskPhase.PENDING,
                false,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new TaskEvent(NOON, event, message)));
    }

    private static final TaskState PENDING = task(TaskPhase.PENDING, false, 0, "");
    private static final TaskState RUNNING = task(TaskPhase.RUNNING, false, 0, "");
    private static final TaskState DONE = task(TaskPhase.DEAD, false, 0, "");
    private static final TaskState FAILED = task(TaskPhase.DEAD, true, 2, "out of luck");

    private static AllocationStatus of(TaskState one, TaskState two) {
        return AllocationSummary.of(Map.of("one", one, "two", two), Optional.empty());
    }

    @Test
    void what_is_not_known_yet_has_not_ended() {
        AllocationStatus status = AllocationSummary.of(Map.of(), Optional.empty());

        assertThat(status.phase()).isEqualTo(AllocationPhase.PENDING);
        assertThat(status.finished()).isEmpty();
    }

    @Test
    void follows_its_tasks() {
        assertThat(of(PENDING, PENDING).phase()).isEqualTo(AllocationPhase.PENDING);
        assertThat(of(RUNNING, PENDING).phase()).isEqualTo(AllocationPhase.RUNNING);
        assertThat(of(RUNNING, DONE).phase()).isEqualTo(AllocationPhase.RUNNING);
        assertThat(of(DONE, DONE).phase()).isEqualTo(AllocationPhase.COMPLETE);
        assertThat(of(DONE, DONE).finished()).contains(NOON);
    }

    @Test
    void one_that_waits_for_the_data_of_another_says_so() {
        TaskState waiting = pending(TaskEvent.WAITING_FOR_DATA, "Fetches the data of a1");

        assertThat(of(waiting, waiting).because())
                .isEqualTo("No tasks have started: Fetches the data of a1");
        assertThat(of(PENDING, PENDING).because()).isEqualTo("No tasks have started");
    }

    @Test
    void is_failed_only_when_nothing_of_it_runs() {
        assertThat(of(FAILED, RUNNING).phase()).isEqualTo(AllocationPhase.RUNNING);
        assertThat(of(FAILED, RUNNING).because()).contains("the others are being stopped");
        assertThat(of(FAILED, DONE).phase()).isEqualTo(AllocationPhase.FAILED);
        assertThat(of(FAILED, DONE).because()).isEqualTo("Failed tasks: task \"one\": out of luck");
    }

    @Test
    void says_that_it_waits_for_a_restart() {
        TaskState crashing = task(TaskPhase.PENDING, false, 1, "Task restarting in 15s");

        assertThat(AllocationSummary.of(Map.of("one", crashing), Optional.empty()))
                .satisfies(status -> {
                    assertThat(status.phase()).isEqualTo(AllocationPhase.RUNNING);
                    assertThat(status.because())
                            .contains("waits for its restart", "Task restarting in 15s");
                });
    }

    @Test
    void what_never_started_is_pending_however_often_it_tries_and_says_why() {
        List<TaskEvent> events =
                List.of(
                        new TaskEvent(NOON, "Failed Artifact Download", "checksums did not match"),
                        new TaskEvent(NOON, "Restarting", "Task restarting in 15s"));
        TaskState fetching =
                new TaskState(
                        TaskPhase.PENDING,
                        false,
                        2,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        events);

        AllocationStatus status = AllocationSummary.of(Map.of("one", fetching), Optional.empty());

        assertThat(status.phase()).isEqualTo(AllocationPhase.PENDING);
        assertThat(status.because())
                .isEqualTo(
                        "Task \"one\" waits for its restart: task \"one\": checksums did not match; Task restarting in 15s");
    }
}
