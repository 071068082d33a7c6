package dev.drover.manifests.model;

/// How a turn ended.
public enum EvaluationOutcome {
    /// Everything that was wanted is decided.
    COMPLETE,
    /// Something has no place yet; it waits for what would help it.
    BLOCKED
}
