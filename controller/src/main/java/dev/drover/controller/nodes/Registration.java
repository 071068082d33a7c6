package dev.drover.controller.nodes;

import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.wire.FromNode.Register;
import dev.drover.manifests.wire.Wire;
import java.time.Instant;
import java.util.Optional;

/// What comes of a node's first message.
sealed interface Registration {
    /// It is new here: its row is created.
    record New(Node node) implements Registration {}

    /// It is known, and something it says is not: its row is replaced.
    record Changed(Node node) implements Registration {}

    /// It is known and as it was: nothing is written.
    record Same(Node node) implements Registration {}

    /// It may not join.
    record Refused(String because) implements Registration {}

    /// Decides about a node that presents itself.
    ///
    /// @param known the row of that name
    /// @param reported the highest report of its that is stored
    static Registration of(Register register, Optional<Node> known, long reported, Instant now) {
        if (register.protocol() != Wire.PROTOCOL) {
            return new Refused(
                    "the node speaks version %d of the link, this server version %d: upgrade the older"
                            .formatted(register.protocol(), Wire.PROTOCOL));
        }
        if (register.name().isEmpty() || register.uid().isEmpty()) {
            return new Refused("a node needs a name and a uid");
        }
        Optional<Instant> since =
                known.map(Node::status)
                        .filter(status -> status.phase() == NodePhase.READY)
                        .map(status -> status.since().orElse(now));
        NodeStatus status =
                register.status()
                        .since(since)
                        .in(NodePhase.READY, "it is connected", now)
                        .reported(reported);
        if (known.isEmpty()) {
            Metadata metadata = Metadata.named("", register.name()).born(register.uid(), now);
            return new New(new Node(metadata, NodeSpec.open(), status));
        }
        Node node = known.get();
        if (!node.metadata().uid().equals(Optional.of(register.uid()))) {
            return new Refused(
                    ("the name %s belongs to another machine (uid %s, this one has %s): give this"
                                    + " node another name, or delete node %s if that machine is gone")
                            .formatted(
                                    register.name(),
                                    node.metadata().uid().orElse("unknown"),
                                    register.uid(),
                                    register.name()));
        }
        boolean same = node.status().reported(reported).equals(status);
        return same ? new Same(node) : new Changed(node.withStatus(status));
    }

    /// The name of its row.
    static ResourceName name(Register register) {
        return ResourceName.cluster(register.name());
    }
}
