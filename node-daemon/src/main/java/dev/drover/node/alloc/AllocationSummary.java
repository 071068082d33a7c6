package dev.drover.node.alloc;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import dev.drover.node.task.Events;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Says of an allocation what its tasks say together.
///
/// It is failed, and gives its room up, only when nothing of it runs any more: until then the
/// sentence says what is coming.
public final class AllocationSummary {
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

    private static AllocationPhase phase(
            Map<String, TaskState> tasks, boolean allDead, boolean failed) {
        if (allDead) {
            return failed ? AllocationPhase.FAILED : AllocationPhase.COMPLETE;
        }
        boolean begun =
                tasks.values().stream().anyMatch(t -> t.phase() != TaskPhase.PENDING)
                        || tasks.values().stream().anyMatch(t -> t.restarts() > 0);
        return begun ? AllocationPhase.RUNNING : AllocationPhase.PENDING;
    }

    private static String because(
            AllocationPhase phase, Map<String, TaskState> tasks, boolean failed) {
        return switch (phase) {
            case FAILED -> "Failed tasks" + lastWords(tasks);
            case COMPLETE -> "All tasks have completed";
            case RUNNING ->
                    failed ? "A task has failed; the others are being stopped" : running(tasks);
            case PENDING, LOST, UNKNOWN -> "No tasks have started";
        };
    }

    /// A crash loop looks like running from afar: say it.
    private static String running(Map<String, TaskState> tasks) {
        return new TreeMap<>(tasks)
                .entrySet().stream()
                        .filter(t -> t.getValue().phase() == TaskPhase.PENDING)
                        .filter(t -> t.getValue().restarts() > 0)
                        .findFirst()
                        .map(t ->
                                "Task \""
                                        + t.getKey()
                                        + "\" waits for its restart"
                                        + lastWords(Map.of(t.getKey(), t.getValue())))
                        .orElse("Tasks are running");
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

    /// That the allocation is not healthy because of it is no news of the task itself.
    private static Optional<String> lastWords(TaskState task) {
        return task.events().reversed().stream()
                .filter(event -> !event.type().equals(Events.UNHEALTHY))
                .findFirst()
                .map(TaskEvent::message);
    }

    private static boolean all(Map<String, TaskState> tasks, TaskPhase phase) {
        return tasks.values().stream().allMatch(t -> t.phase() == phase);
    }
}
