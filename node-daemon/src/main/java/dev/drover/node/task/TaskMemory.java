package dev.drover.node.task;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskPhase;
import dev.drover.manifests.model.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All that a daemon must know of a task to go on where another one was killed.
///
/// @param run the number of the latest run; 0 before the first
/// @param ended whether that run is over and its end was decided about. While it is not, the run
///   may have been started or not: its driver knows
/// @param nextStart when the next run begins, after an end
/// @param state what the server is told
/// @param interruption of the latest run
public record TaskMemory(
        int run,
        boolean ended,
        Restarts restarts,
        Optional<Instant> nextStart,
        TaskState state,
        Optional<Interruption> interruption) {

    private TaskMemory(
            int run,
            boolean ended,
            Restarts restarts,
            Optional<Instant> nextStart,
            TaskState state) {
        this(run, ended, restarts, nextStart, state, Optional.empty());
    }

    /// Of a task that nothing was done about yet.
    public static TaskMemory fresh() {
        return new TaskMemory(
                0, true, Restarts.NONE, Optional.empty(), TaskState.pending(List.of()));
    }

    /// Of a task whose surroundings could not be made.
    public static TaskMemory notSetUp(Instant now, String because) {
        return fresh().with(Events.setupFailure(now, because)).dead(true, now);
    }

    /// Of a task whose memory is lost, while run `number` may still go on.
    public static TaskMemory forgotten(int number, Instant now, String because) {
        TaskMemory fresh = fresh().with(Events.notRestored(now, because));
        return new TaskMemory(number, false, fresh.restarts, Optional.empty(), fresh.state);
    }

    /// Whether nothing of it runs and nothing will.
    public boolean dead() {
        return state.phase() == TaskPhase.DEAD;
    }

    /// The same with one thing more that happened.
    public TaskMemory with(TaskEvent event) {
        List<TaskEvent> events = new ArrayList<>(state.events());
        events.add(event);
        int from = Math.max(0, events.size() - TaskState.EVENTS_MAX);
        return with(
                new TaskState(
                        state.phase(),
                        state.failed(),
                        state.restarts(),
                        state.exit(),
                        state.started(),
                        state.finished(),
                        events.subList(from, events.size())));
    }

    /// The next run is about to be started.
    TaskMemory nextRun() {
        return new TaskMemory(run + 1, false, restarts, Optional.empty(), state);
    }

    TaskMemory running(Instant now) {
        return with(
                new TaskState(
                        TaskPhase.RUNNING,
                        false,
                        state.restarts(),
                        state.exit(),
                        Optional.of(now),
                        Optional.empty(),
                        state.events()));
    }

    /// How the latest run ended, once that has been told.
    Optional<Exit> told() {
        List<String> types = state.events().stream().map(TaskEvent::type).toList();
        return types.lastIndexOf(Events.TERMINATED) > types.lastIndexOf(Events.STARTED)
                ? state.exit()
                : Optional.empty();
    }

    TaskMemory exited(Exit exit) {
        return with(
                new TaskState(
                        state.phase(),
                        state.failed(),
                        state.restarts(),
                        Optional.of(exit),
                        state.started(),
                        state.finished(),
                        state.events()));
    }

    TaskMemory restartingAt(Instant when, Restarts counted) {
        return pending(when, counted, state.restarts() + 1);
    }

    /// The next run begins later, and is none after another one.
    TaskMemory waitingUntil(Instant when, Restarts counted) {
        return pending(when, counted, state.restarts());
    }

    private TaskMemory pending(Instant when, Restarts counted, int restarts) {
        TaskState waiting =
                new TaskState(
                        TaskPhase.PENDING,
                        false,
                        restarts,
                        state.exit(),
                        state.started(),
                        Optional.empty(),
                        state.events());
        return new TaskMemory(run, true, counted, Optional.of(when), waiting);
    }

    TaskMemory dead(boolean failed, Instant now) {
        TaskState over =
                new TaskState(
                        TaskPhase.DEAD,
                        failed,
                        state.restarts(),
                        state.exit(),
                        state.started(),
                        Optional.of(now),
                        state.events());
        return new TaskMemory(run, true, restarts, Optional.empty(), over);
    }

    /// It is about to be told to end.
    TaskMemory interrupted(Interruption why) {
        return new TaskMemory(run, ended, restarts, nextStart, state, Optional.of(why));
    }

    private TaskMemory with(TaskState other) {
        return new TaskMemory(run, ended, restarts, nextStart, other, interruption);
    }
}
