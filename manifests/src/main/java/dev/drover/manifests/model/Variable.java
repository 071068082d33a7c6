package dev.drover.manifests.model;

/// Small configuration or secrets that templates read. Never printed by default.
///
/// @param metadata its name, and what is known of it beside what it is
/// @param spec what is wanted
public record Variable(Metadata metadata, VariableSpec spec) implements Resource {

    @Override
    public Kind kind() {
        return Kind.VARIABLE;
    }

    @Override
    public Variable withMetadata(Metadata other) {
        return new Variable(other, spec);
    }
}
