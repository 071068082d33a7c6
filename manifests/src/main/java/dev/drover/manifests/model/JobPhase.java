package dev.drover.manifests.model;

/// A job in one word, as Nomad says it.
public enum JobPhase {
    /// Something is wanted and nothing runs yet.
    PENDING,
    /// Something runs, or the job waits for its next launch.
    RUNNING,
    /// Nothing runs and nothing will.
    DEAD
}
