package dev.drover.manifests.model;

/// What happens when a task has used up its restarts.
public enum RestartMode {
    /// The allocation has failed.
    FAIL,
    /// It waits for the interval to end and starts again.
    DELAY
}
