package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Granted;
import java.util.SortedMap;

/// Where a copy goes, or why nowhere.
public sealed interface Placement {
    /// It has a place.
    record Placed(String node, Granted granted) implements Placement {}

    /// It has none now.
    ///
    /// @param because why not, for every node of the cluster by name
    record Blocked(SortedMap<String, Refusal> because) implements Placement {}
}
