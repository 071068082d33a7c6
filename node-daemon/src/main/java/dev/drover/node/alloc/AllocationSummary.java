package dev.drover.node.alloc;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import dev.drover.node.task.Events;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Says of an allocation what its tasks say together.
///
/// It is failed, and gives its room up, only when nothing of it runs any more: until then the
/// sentence says what is coming.
public final class AllocationSummary {
    private static final Set<String> ABOUT_RESTARTS = Set.of("Restarting", "Not Restarting");

    private static final String EXCEEDED = "allocation exceeded max_run_duration";

    private AllocationSummary() {}

    /// The status, but for the number of the report that will carry it.
    ///
    /// @param healthy what was decided about it; one that has failed is not healthy any more
    public static AllocationStatus of(Map<String, TaskState> tasks, Optional<Boolean> healthy) {
        boolean failed = tasks.values().stream().anyMatch(TaskState::failed);
        boolean allDead = all(tasks, TaskPhase.DEAD);
        AllocationPhase phase = phase(tasks, allDead, failed);
        Optional<Instant> finished =
                allDead
                        ? tasks.values().stream()
                                .flatMap(t -> t.finished().stream())
                                .max(Instant::compareTo)
                        : Optional.empty();
        return new AllocationStatus(
                phase,
                because(phase, tasks, failed),
                tasks,
                failed ? Optional.of(false) : healthy,
                0,
                finished);
    }

    /// What it is when its tasks did not end by themselves: nothing of it has failed, but only what
    /// had its time is complete.
    ///
    /// @param deadline until when it might run
    static AllocationStatus stopped(
            AllocationStatus all, Optional<Instant> deadline, Optional<SilentStop> silent) {
        if (all.phase() != AllocationPhase.COMPLETE) {
            return all;
        }
        boolean overTime =
                deadline.isPresent() && all.finished().filter(deadline.get()::isAfter).isEmpty();
        return overTime ? all.because(EXCEEDED) : silent.map(stop -> stop.told(all)).orElse(all);
    }

    /// Of one whose job does not have its group, as a broken server may tell.
    static AllocationStatus withoutGroup(String group, Instant now) {
        return new AllocationStatus(
                AllocationPhase.FAILED,
                "its job has no group \"" + group + "\"",
                Map.of(),
                Optional.of(false),
                0,
                Optional.of(now));
    }

    private static AllocationPhase phase(
            Map<String, TaskState> tasks, boolean allDead, boolean failed) {
        if (allDead) {
            return failed ? AllocationPhase.FAILED : AllocationPhase.COMPLETE;
        }
        // what tries again to fetch an artifact has not begun, however often it has tried
        boolean begun =
                tasks.values().stream()
                        .anyMatch(t -> t.phase() != TaskPhase.PENDING || t.started().isPresent());
        return begun ? AllocationPhase.RUNNING : AllocationPhase.PENDING;
    }

    private static String because(
            AllocationPhase phase, Map<String, TaskState> tasks, boolean failed) {
        return switch (phase) {
            case FAILED -> "Failed tasks" + lastWords(tasks);
            case COMPLETE -> "All tasks have completed";
            case RUNNING ->
                    failed
                            ? "A task has failed; the others are being stopped"
                            : waiting(tasks).orElse("Tasks are running");
            case PENDING, LOST, UNKNOWN ->
                    waiting(tasks).orElseGet(() -> "No tasks have started" + awaited(tasks));
        };
    }

    /// What one of them waits for, which may take long: a variable that nobody has put, the data of
    /// another copy from a server that is away.
    private static String awaited(Map<String, TaskState> tasks) {
        return new TreeMap<>(tasks)
                .values().stream()
                        .flatMap(task -> task.waitsFor().stream())
                        .findFirst()
                        .map(what -> ": " + what)
                        .orElse("");
    }

    /// A crash loop looks like running from afar: say it.
    private static Optional<String> waiting(Map<String, TaskState> tasks) {
        return new TreeMap<>(tasks)
                .entrySet().stream()
                        .filter(t -> t.getValue().phase() == TaskPhase.PENDING)
                        .filter(t -> t.getValue().restarts() > 0)
                        .findFirst()
                        .map(t ->
                                "Task \""
                                        + t.getKey()
                                        + "\" waits for its restart"
                                        + lastWords(Map.of(t.getKey(), t.getValue())));
    }

    private static String lastWords(Map<String, TaskState> tasks) {
        return new TreeMap<>(tasks)
                .entrySet().stream()
                        .filter(t -> t.getValue().failed() || tasks.size() == 1)
                        .flatMap(t ->
                                lastWords(t.getValue())
                                        .map(words -> ": task \"" + t.getKey() + "\": " + words)
                                        .stream())
                        .findFirst()
                        .orElse("");
    }

    /// What was decided about a restart says little without what went wrong before it; that the
    /// allocation is not healthy because of it is no news of the task itself.
    private static Optional<String> lastWords(TaskState task) {
        List<TaskEvent> events =
                task.events().reversed().stream()
                        .filter(event -> !event.type().equals(Events.UNHEALTHY))
                        .toList();
        return events.stream().findFirst().map(last -> cause(events) + last.message());
    }

    /// Empty when the newest event says it itself.
    private static String cause(List<TaskEvent> newestFirst) {
        boolean decided = ABOUT_RESTARTS.contains(newestFirst.getFirst().type());
        return newestFirst.stream()
                .filter(event -> decided && !ABOUT_RESTARTS.contains(event.type()))
                .findFirst()
                .map(event -> event.message() + "; ")
                .orElse("");
    }

    private static boolean all(Map<String, TaskState> tasks, TaskPhase phase) {
        return !tasks.isEmpty() && tasks.values().stream().allMatch(t -> t.phase() == phase);
    }
}
