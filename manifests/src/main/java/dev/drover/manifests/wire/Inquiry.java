package dev.drover.manifests.wire;

/// What a template of a task wants to know of the cluster; always of its own namespace.
public sealed interface Inquiry {
    /// A stored variable by its path. Tasks read those of their job, group and name alone.
    record Variable(String path) implements Inquiry {}

    /// Which of the variables that the task may read there are.
    ///
    /// @param prefix of their paths
    record Variables(String prefix) implements Inquiry {}

    /// Who offers a service and passes its checks.
    record Service(String name) implements Inquiry {}

    /// All services that somebody offers.
    record Services() implements Inquiry {}
}
