package dev.drover.manifests.model;

/// A machine that runs allocations. `spec` is what operators want of it, `status` what it says of
/// itself.
///
/// @param metadata its name, and what is known of it beside what it is
/// @param spec what is wanted
/// @param status what was found; written by the server
public record Node(Metadata metadata, NodeSpec spec, NodeStatus status) implements Resource {

    @Override
    public Kind kind() {
        return Kind.NODE;
    }

    @Override
    public Node withMetadata(Metadata other) {
        return new Node(other, spec, status);
    }

    /// The same node with another status.
    public Node withStatus(NodeStatus other) {
        return new Node(metadata, spec, other);
    }

    /// The same node with another spec.
    public Node withSpec(NodeSpec other) {
        return new Node(metadata, other, status);
    }

    /// Whether new allocations may be placed on it.
    public boolean ready() {
        return status.phase() == NodePhase.READY && spec.eligible() && spec.drain().isEmpty();
    }
}
