package dev.drover.reconcilers.cluster;

import dev.drover.manifests.model.Resource;
import java.util.Optional;

/// What became of one resource. Of `before` and `after` at least one is there; when both are, they
/// are of one kind and name.
public record ClusterChange(Optional<Resource> before, Optional<Resource> after) {
    /// Refuses a change of nothing.
    public ClusterChange {
        if (before.isEmpty() && after.isEmpty()) {
            throw new IllegalArgumentException("a change of nothing");
        }
    }

    /// Something appeared.
    public static ClusterChange added(Resource resource) {
        return new ClusterChange(Optional.empty(), Optional.of(resource));
    }

    /// Something is different.
    public static ClusterChange changed(Resource before, Resource after) {
        return new ClusterChange(Optional.of(before), Optional.of(after));
    }

    /// Something went away.
    public static ClusterChange removed(Resource last) {
        return new ClusterChange(Optional.of(last), Optional.empty());
    }

    /// What is there now, or what was there last.
    public Resource newest() {
        return after.or(() -> before).orElseThrow();
    }
}
