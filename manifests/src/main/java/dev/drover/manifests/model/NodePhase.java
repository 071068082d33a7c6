package dev.drover.manifests.model;

/// A node in one word.
public enum NodePhase {
    /// Registered and not yet heard of since.
    INITIALIZING,
    READY,
    /// Silent, and its allocations may live on.
    DISCONNECTED,
    DOWN;

    /// Whether nothing is heard of it.
    public boolean silent() {
        return this == DOWN || this == DISCONNECTED;
    }
}
