package dev.drover.node.environment;

import dev.drover.manifests.model.NodeStatus;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a task may know of its node.
///
/// @param uid made once, kept in the node's folder
/// @param hardware what its status only counts
public record NodeFacts(String uid, String name, NodeStatus status, Hardware hardware) {
    private static final String ATTRIBUTE = "attr.";
    private static final String META = "meta.";

    /// What `${node.…}`, `${attr.…}` and `${meta.…}` mean here.
    Optional<String> of(String reference) {
        return Optional.ofNullable(all().get(reference)); // what is unknown stays as it is
    }

    /// Everything of the node that a task can refer to.
    SortedMap<String, String> all() {
        SortedMap<String, String> all = new TreeMap<>();
        status.attributes().forEach((name, value) -> all.put(ATTRIBUTE + name, value));
        status.meta().forEach((name, value) -> all.put(META + name, value));
        all.put("node.unique.id", uid);
        all.put("node.unique.name", name);
        all.put("node.datacenter", status.datacenter());
        all.put("node.region", TaskEnvironment.REGION);
        all.put("node.class", status.nodeClass());
        all.put("node.pool", status.pool());
        return all;
    }
}
