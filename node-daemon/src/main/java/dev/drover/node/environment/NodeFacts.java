package dev.drover.node.environment;

import dev.drover.manifests.model.NodeStatus;
import java.util.Optional;

/// What a task may know of its node.
///
/// @param uid made once, kept in the node's folder
/// @param hardware what its status only counts
public record NodeFacts(String uid, String name, NodeStatus status, Hardware hardware) {
    private static final String ATTRIBUTE = "attr.";
    private static final String META = "meta.";

    /// What `${node.…}`, `${attr.…}` and `${meta.…}` mean here.
    Optional<String> of(String reference) {
        if (reference.startsWith(ATTRIBUTE)) {
            return Optional.ofNullable(
                    status.attributes().get(reference.substring(ATTRIBUTE.length())));
        }
        if (reference.startsWith(META)) {
            return Optional.ofNullable(status.meta().get(reference.substring(META.length())));
        }
        return switch (reference) {
            case "node.unique.id" -> Optional.of(uid);
            case "node.unique.name" -> Optional.of(name);
            case "node.datacenter" -> Optional.of(status.datacenter());
            case "node.region" -> Optional.of(TaskEnvironment.REGION);
            case "node.class" -> Optional.of(status.nodeClass());
            case "node.pool" -> Optional.of(status.pool());
            default -> Optional.empty(); // references are text: what is unknown stays as it is
        };
    }
}
