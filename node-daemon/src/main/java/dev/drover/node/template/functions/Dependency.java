package dev.drover.node.template.functions;

/// Something a template has read: when it changes, the template is to be rendered again.
public sealed interface Dependency extends Comparable<Dependency> {

    record EnvironmentVariable(String name) implements Dependency {}

    record FileContent(String path) implements Dependency {}

    /// Kept elsewhere.
    ///
    /// @param question as `Lookup` was asked: `nomadVar nomad/jobs/web`
    record Elsewhere(String question) implements Dependency {}

    @Override
    default int compareTo(Dependency other) {
        return toString().compareTo(other.toString());
    }
}
