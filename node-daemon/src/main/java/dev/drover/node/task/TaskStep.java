package dev.drover.node.task;

import java.time.Duration;

/// What becomes of a task after a run. Each says why, in the words people see.
public sealed interface TaskStep {
    /// The next run begins after `delay`.
    record Restart(Duration delay, String because, Restarts restarts) implements TaskStep {}

    /// The same run is tried again after `delay`, as often as it takes: nothing is counted.
    record Wait(Duration delay, String because, Restarts restarts) implements TaskStep {}

    /// It has done what it should.
    record Complete(String because) implements TaskStep {}

    /// It has failed for good: from here on only the server acts.
    record Fail(String because) implements TaskStep {}
}
