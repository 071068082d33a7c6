package dev.drover.manifests.model;

/// What became of an allocation, as its node says (or, for the last two, as the server must
/// assume).
public enum AllocationPhase {
    /// Not started yet.
    PENDING,
    /// At least one task runs.
    RUNNING,
    /// Every task ended well, or was stopped on purpose.
    COMPLETE,
    /// A task failed for good.
    FAILED,
    /// Its node is gone.
    LOST,
    /// Its node is silent and may come back.
    UNKNOWN;

    /// Whether nothing of it runs any more and nothing will.
    public boolean terminal() {
        return this == COMPLETE || this == FAILED || this == LOST;
    }
}
