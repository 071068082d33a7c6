package dev.drover.node.task;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.TaskEvent;
import java.time.Duration;
import java.time.Instant;

/// The story of a task, in the words that people of this field know.
public final class Events {
    /// Said of a task because of which its allocation is not healthy.
    public static final String UNHEALTHY = "Alloc Unhealthy";

    /// Begins a run, and ends it.
    static final String STARTED = "Started";

    static final String TERMINATED = "Terminated";

    private Events() {}

    static TaskEvent received(Instant time) {
        return new TaskEvent(time, "Received", "Task received by client");
    }

    static TaskEvent setup(Instant time) {
        return new TaskEvent(time, "Task Setup", "Building Task Directory");
    }

    static TaskEvent setupFailure(Instant time, String because) {
        return new TaskEvent(time, "Setup Failure", because);
    }

    static TaskEvent driverFailure(Instant time, String because) {
        return new TaskEvent(time, "Driver Failure", because);
    }

    static TaskEvent driver(Instant time, String message) {
        return new TaskEvent(time, "Driver", message);
    }

    static TaskEvent started(Instant time) {
        return new TaskEvent(time, STARTED, "Task started by client");
    }

    static TaskEvent terminated(Instant time, Exit exit) {
        return new TaskEvent(time, TERMINATED, Words.of(exit));
    }

    static TaskEvent restarting(Instant time, String because, Duration delay) {
        return new TaskEvent(
                time, "Restarting", because + " - Task restarting in " + Words.of(delay));
    }

    static TaskEvent waiting(Instant time, String because, Duration delay) {
        return new TaskEvent(
                time,
                TaskEvent.WAITING,
                "This node has too little of something: "
                        + because
                        + " - Task is tried again in "
                        + Words.of(delay));
    }

    static TaskEvent notRestarting(Instant time, String because) {
        return new TaskEvent(time, "Not Restarting", because);
    }

    static TaskEvent killing(Instant time, Duration grace) {
        return new TaskEvent(
                time,
                "Killing",
                "Sent interrupt. Waiting " + Words.of(grace) + " before force killing");
    }

    static TaskEvent killed(Instant time) {
        return new TaskEvent(time, "Killed", "Task successfully killed");
    }

    static TaskEvent waitingForShutdownDelay(Instant time, Duration delay) {
        return new TaskEvent(
                time,
                "Waiting for shutdown delay",
                "Waiting for shutdown_delay of " + Words.of(delay) + " before killing the task.");
    }

    static TaskEvent notRestored(Instant time, String because) {
        return new TaskEvent(time, "Failed Restoring Task", because);
    }

    static TaskEvent siblingFailed(Instant time, String sibling) {
        return new TaskEvent(
                time, "Sibling Task Failed", "Task's sibling \"" + sibling + "\" failed");
    }

    static TaskEvent mainDead(Instant time) {
        return new TaskEvent(time, "Main Tasks Dead", "Main tasks in the group died");
    }

    static TaskEvent leaderDead(Instant time) {
        return new TaskEvent(time, "Leader Task Dead", "Leader Task in Group dead");
    }

    static TaskEvent unhealthy(Instant time, String because) {
        return new TaskEvent(time, UNHEALTHY, because);
    }

    static TaskEvent restartSignaled(Instant time, String because) {
        return new TaskEvent(time, "Restart Signaled", because);
    }

    static TaskEvent exceeded(Instant time) {
        return new TaskEvent(time, "Killing", "allocation exceeded max_run_duration");
    }

    static TaskEvent silence(Instant time, Duration after) {
        return new TaskEvent(
                time,
                "Killing",
                "nothing was heard from the server for "
                        + Words.of(after)
                        + " (stop_on_client_after)");
    }

    static TaskEvent signaling(Instant time, String signal, String because) {
        return new TaskEvent(
                time, "Signaling", "Task being sent signal " + signal + ": " + because);
    }
}
