package dev.drover.node.alloc;

import dev.drover.manifests.model.Lifecycle;
import dev.drover.manifests.model.LifecycleHook;
import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides when each task of an allocation begins, and which end because of the others:
///
/// ```text
///  prestart ──ended well──▶ main ──all have started──▶ poststart
///     └─ sidecar: runs ──┘   └──all have ended──▶ sidecars end ──everything has──▶ poststop
/// ```
///
/// A failed task ends all but the poststop ones; so does the end of the leader. Saying a step again
/// changes nothing.
final class TaskOrder {
    private TaskOrder() {}

    /// The steps that are due.
    ///
    /// @param states of every task of the group
    static List<OrderStep> steps(TaskGroup group, Map<String, TaskState> states) {
        List<OrderStep> steps = new ArrayList<>();
        for (Task task : group.tasks()) {
            if (state(states, task).phase() != TaskPhase.DEAD) {
                steps.addAll(step(task, group, states).stream().toList());
            }
        }
        return steps;
    }

    /// Which tasks are to be stopped now in an allocation that should end: the leader first, then
    /// all but the sidecars, which serve the others to their end, then those. The ones that run
    /// when all have stopped are not among them.
    static List<String> stops(TaskGroup group, Map<String, TaskState> states) {
        List<Task> living = others(group).stream().filter(t -> !dead(states, t)).toList();
        List<Task> leaders = living.stream().filter(t -> t.leader().orElse(false)).toList();
        List<Task> served = living.stream().filter(t -> hook(t).isEmpty() || !sidecar(t)).toList();
        List<Task> next = !leaders.isEmpty() ? leaders : !served.isEmpty() ? served : living;
        return next.stream().map(Task::name).toList();
    }

    /// The tasks that run when all others have stopped.
    static List<String> last(TaskGroup group) {
        return group.tasks().stream()
                .filter(t -> hook(t).equals(Optional.of(LifecycleHook.POSTSTOP)))
                .map(Task::name)
                .toList();
    }

    private static Optional<OrderStep> step(
            Task task, TaskGroup group, Map<String, TaskState> states) {
        if (hook(task).equals(Optional.of(LifecycleHook.POSTSTOP))) {
            return others(group).stream().allMatch(t -> dead(states, t))
                    ? Optional.of(new OrderStep.Begin(task.name()))
                    : Optional.empty();
        }
        Optional<OrderStep> end = end(task, group, states);
        if (end.isPresent()) {
            return end;
        }
        return open(task, group, states)
                ? Optional.of(new OrderStep.Begin(task.name()))
                : Optional.empty();
    }

    private static Optional<OrderStep> end(
            Task task, TaskGroup group, Map<String, TaskState> states) {
        for (Task other : others(group)) {
            if (state(states, other).failed()) {
                return Optional.of(new OrderStep.SiblingFailed(task.name(), other.name()));
            }
            if (other.leader().orElse(false) && dead(states, other)) {
                return Optional.of(new OrderStep.LeaderDead(task.name()));
            }
        }
        List<Task> main = main(group);
        boolean served = !main.isEmpty() && main.stream().allMatch(t -> dead(states, t));
        return hook(task).isPresent() && sidecar(task) && served
                ? Optional.of(new OrderStep.MainDead(task.name()))
                : Optional.empty();
    }

    /// Whether those before it are as far as they must be.
    private static boolean open(Task task, TaskGroup group, Map<String, TaskState> states) {
        if (hook(task).equals(Optional.of(LifecycleHook.PRESTART))) {
            return true;
        }
        boolean prestarted =
                group.tasks().stream()
                        .filter(t -> hook(t).equals(Optional.of(LifecycleHook.PRESTART)))
                        .allMatch(t ->
                                sidecar(t)
                                        ? state(states, t).phase() != TaskPhase.PENDING
                                        : dead(states, t));
        boolean started =
                main(group).stream().allMatch(t -> state(states, t).started().isPresent());
        return prestarted && (hook(task).isEmpty() || started);
    }

    private static List<Task> main(TaskGroup group) {
        return group.tasks().stream().filter(t -> hook(t).isEmpty()).toList();
    }

    /// All that run while the allocation does.
    private static List<Task> others(TaskGroup group) {
        return group.tasks().stream()
                .filter(t -> !hook(t).equals(Optional.of(LifecycleHook.POSTSTOP)))
                .toList();
    }

    static Optional<LifecycleHook> hook(Task task) {
        return task.lifecycle().flatMap(Lifecycle::hook);
    }

    private static boolean sidecar(Task task) {
        return task.lifecycle().flatMap(Lifecycle::sidecar).orElse(false);
    }

    private static boolean dead(Map<String, TaskState> states, Task task) {
        return state(states, task).phase() == TaskPhase.DEAD;
    }

    private static TaskState state(Map<String, TaskState> states, Task task) {
        return Optional.ofNullable(states.get(task.name())).orElseThrow();
    }
}
