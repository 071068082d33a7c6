package dev.drover.manifests.model;

/// A deployment in one word.
public enum DeploymentPhase {
    RUNNING,
    /// Somebody paused it; its deadlines wait too.
    PAUSED,
    SUCCESSFUL,
    FAILED,
    /// The job was stopped, or a newer version came.
    CANCELLED;

    /// Whether it may still go on.
    public boolean active() {
        return this == RUNNING || this == PAUSED;
    }
}
