package dev.drover.manifests.model;

/// Which of the nodes that could take a copy is the better one.
public enum SchedulerAlgorithm {
    /// The fuller one: what stays empty is large enough for large copies.
    BINPACK,
    /// The emptier one: copies get in each other's way less.
    SPREAD
}
