package dev.drover.manifests.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What became of a task.
///
/// @param phase how far it is
/// @param failed whether it is dead and that was not wanted
/// @param restarts how often it was started again
/// @param exit how its last process ended, while that is known
/// @param started when its latest process began
/// @param finished when it last ended
/// @param events the newest ten, oldest first
public record TaskState(
        TaskPhase phase,
        boolean failed,
        int restarts,
        Optional<Exit> exit,
        Optional<Instant> started,
        Optional<Instant> finished,
        List<TaskEvent> events) {

    /// How many events are kept: enough for the story of a crash loop, little enough for a million
    /// allocations.
    public static final int EVENTS_MAX = 10;

    public TaskState {
        events = List.copyOf(events);
    }

    /// Of one that has not begun, and of which no more is known than these.
    public static TaskState pending(List<TaskEvent> events) {
        return new TaskState(
                TaskPhase.PENDING,
                false,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                events);
    }

    /// What it waits for before it can begin; empty when it does not, or has begun.
    public Optional<String> waitsFor() {
        return events.reversed().stream()
                .limit(1)
                .filter(newest -> phase == TaskPhase.PENDING && newest.waits())
                .map(TaskEvent::message)
                .findFirst();
    }

    /// Whether it did what it should and came to its end by itself.
    public boolean ranToEnd() {
        return phase == TaskPhase.DEAD
                && !failed
                && exit.filter(Exit::success).isPresent()
                && events.stream().noneMatch(event -> event.type().equals("Killing"));
    }
}
