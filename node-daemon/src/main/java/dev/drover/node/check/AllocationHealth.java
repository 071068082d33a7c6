package dev.drover.node.check;

import dev.drover.manifests.model.Lifecycle;
import dev.drover.manifests.model.LifecycleHook;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import dev.drover.node.task.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Decides whether an allocation is healthy: all its tasks have run for `min_healthy_time` without
/// a restart, and the checks of its services have said nothing else, before `healthy_deadline`. A
/// task that did what it had to before or after the start of the others is well; one that has ended
/// otherwise is not, and nothing needs to be waited for.
public final class AllocationHealth {
    private AllocationHealth() {}

    /// What is known now.
    public static HealthStep next(HealthView view, Instant now) {
        Map<String, String> ended = ended(view);
        if (!ended.isEmpty()) {
            return new HealthStep.Unhealthy(ended);
        }
        Optional<Instant> well = wellSince(view, now);
        Instant deadline = view.deadline();
        Instant proven = well.map(w -> w.plus(view.rules().minHealthyTime())).orElse(Instant.MAX);
        if (proven.isAfter(deadline)) {
            return now.isBefore(deadline) ? new HealthStep.Wait(deadline) : late(view);
        }
        return now.isBefore(proven) ? new HealthStep.Wait(proven) : new HealthStep.Healthy();
    }

    private static Map<String, String> ended(HealthView view) {
        Map<String, String> because = new TreeMap<>();
        for (Task task : watched(view)) {
            TaskState state = state(view, task);
            if (state.failed()) {
                because.put(task.name(), "Unhealthy because of failed task");
            } else if (state.phase() == TaskPhase.DEAD && !done(task, state)) {
                because.put(task.name(), "Unhealthy because of dead task");
            }
        }
        return because;
    }

    /// When the last of them began to run, or to be well; empty while one does not. What lies in
    /// the future was seen before the clock was set back, and counts from the begin of the watch.
    private static Optional<Instant> wellSince(HealthView view, Instant now) {
        List<Instant> starts = new ArrayList<>(List.of(view.since()));
        if (!view.checks().stream().allMatch(CheckSight::satisfied)) {
            return Optional.empty();
        }
        view.checks().forEach(check -> starts.add(check.since()));
        for (Task task : watched(view)) {
            TaskState state = state(view, task);
            if (done(task, state)) {
                continue;
            }
            if (state.phase() != TaskPhase.RUNNING || state.started().isEmpty()) {
                return Optional.empty();
            }
            starts.add(state.started().get());
        }
        return starts.stream()
                .filter(start -> !start.isAfter(now))
                .max(Instant::compareTo)
                .or(() -> Optional.of(view.since()));
    }

    private static HealthStep late(HealthView view) {
        Duration deadline = view.rules().healthyDeadline();
        Map<String, String> because = new TreeMap<>();
        for (Task task : watched(view)) {
            TaskState state = state(view, task);
            if (!done(task, state)) {
                text(state, view, deadline).ifPresent(words -> because.put(task.name(), words));
            }
        }
        for (CheckSight check : view.checks()) {
            if (!check.satisfied()) {
                check.tasks().forEach(task -> because.putIfAbsent(task, unsatisfied(view)));
            }
        }
        return new HealthStep.Unhealthy(because.isEmpty() ? tooLate(view) : because);
    }

    private static String unsatisfied(HealthView view) {
        return "Services not healthy by deadline: "
                + view.checks().stream()
                        .filter(check -> !check.satisfied())
                        .map(check -> "check \"" + check.name() + "\"")
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    /// All is well now, but not for long enough.
    private static Map<String, String> tooLate(HealthView view) {
        Map<String, String> because = new TreeMap<>();
        for (CheckSight check : view.checks()) {
            check.tasks()
                    .forEach(task ->
                            because.put(
                                    task,
                                    "Services not healthy for min_healthy_time of "
                                            + Words.of(view.rules().minHealthyTime())
                                            + " by healthy_deadline of "
                                            + Words.of(view.rules().healthyDeadline())));
        }
        return because;
    }

    private static Optional<String> text(TaskState state, HealthView view, Duration deadline) {
        if (state.phase() != TaskPhase.RUNNING) {
            return Optional.of("Task not running by healthy_deadline of " + Words.of(deadline));
        }
        Duration min = view.rules().minHealthyTime();
        boolean tooLate = state.started().orElse(view.since()).plus(min).isAfter(view.deadline());
        return tooLate
                ? Optional.of(
                        "Task not running for min_healthy_time of "
                                + Words.of(min)
                                + " by healthy_deadline of "
                                + Words.of(deadline))
                : Optional.empty();
    }

    /// All but those that run when the others have stopped.
    private static List<Task> watched(HealthView view) {
        return view.group().tasks().stream()
                .filter(t -> !hook(t).equals(Optional.of(LifecycleHook.POSTSTOP)))
                .toList();
    }

    private static boolean done(Task task, TaskState state) {
        boolean sidecar = task.lifecycle().flatMap(Lifecycle::sidecar).orElse(false);
        return hook(task).isPresent()
                && !sidecar
                && state.phase() == TaskPhase.DEAD
                && !state.failed();
    }

    private static Optional<LifecycleHook> hook(Task task) {
        return task.lifecycle().flatMap(Lifecycle::hook);
    }

    private static TaskState state(HealthView view, Task task) {
        return Optional.ofNullable(view.states().get(task.name())).orElseThrow();
    }
}
