package dev.drover.manifests.model;

/// What a check found out, in one word.
public enum CheckStatus {
    /// It has not been carried out since its task began.
    PENDING,
    PASSING,
    /// Something is not as it should be, and the service still works.
    WARNING,
    CRITICAL
}
