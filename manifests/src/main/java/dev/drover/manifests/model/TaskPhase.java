package dev.drover.manifests.model;

/// A task in one word.
public enum TaskPhase {
    PENDING,
    RUNNING,
    DEAD
}
