package dev.drover.manifests.model;

/// A room for names, policies and quotas.
///
/// @param metadata its name, and what is known of it beside what it is
/// @param spec what is wanted
public record Namespace(Metadata metadata, NamespaceSpec spec) implements Resource {

    @Override
    public Kind kind() {
        return Kind.NAMESPACE;
    }

    @Override
    public Namespace withMetadata(Metadata other) {
        return new Namespace(other, spec);
    }
}
