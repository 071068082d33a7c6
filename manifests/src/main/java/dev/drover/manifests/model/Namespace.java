package dev.drover.manifests.model;

/// A room for names, policies and quotas.
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
