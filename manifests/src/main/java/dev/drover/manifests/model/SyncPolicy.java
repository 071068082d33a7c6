package dev.drover.manifests.model;

/// What a source may do about a difference between Git and the store.
public enum SyncPolicy {
    /// Nothing: differences are shown.
    DETECT,
    /// What is in Git is applied. Nothing is ever deleted.
    APPLY
}
