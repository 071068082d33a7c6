package dev.drover.manifests.model;

/// What became of a manifest of a source.
public enum SyncOutcome {
    /// The store holds what Git says.
    UNCHANGED,
    /// It was written.
    APPLIED,
    /// It differs, and the policy does not allow to write it.
    DRIFTED,
    /// It cannot be read or is not valid: nothing was changed for it.
    BROKEN,
    /// The store or a rule refused it.
    REFUSED
}
