package dev.drover.manifests.model;

/// A deployment in one word.
public enum DeploymentPhase {
    RUNNING,
    PAUSED,
    SUCCESSFUL,
    FAILED,
    CANCELLED
}
