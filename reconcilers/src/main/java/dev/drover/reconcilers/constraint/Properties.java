package dev.drover.reconcilers.constraint;

import dev.drover.manifests.model.Node;
import java.util.Optional;

/// What a job may ask a node by name: `${node.datacenter}`, `${attr.cpu.arch}`, `${meta.rack}`, …
public final class Properties {
    private Properties() {}

    /// What one side of a constraint is on this node. A text that is no reference is itself; a
    /// reference to what the node does not have is absent.
    public static Optional<String> of(Node node, String side) {
        if (!side.startsWith("${") || !side.endsWith("}")) {
            return Optional.of(side);
        }
        String name = side.substring(2, side.length() - 1).strip();
        if (name.startsWith("attr.")) {
            return Optional.ofNullable(node.status().attributes().get(name.substring(5)));
        }
        if (name.startsWith("meta.")) {
            return Optional.ofNullable(node.status().meta().get(name.substring(5)));
        }
        return switch (name) {
            case "node.unique.id" -> node.metadata().uid();
            case "node.unique.name" -> Optional.of(node.metadata().name());
            case "node.datacenter" -> Optional.of(node.status().datacenter());
            case "node.class" -> Optional.of(node.status().nodeClass()).filter(c -> !c.isEmpty());
            case "node.pool" -> Optional.of(node.status().pool());
            default -> Optional.empty();
        };
    }
}
