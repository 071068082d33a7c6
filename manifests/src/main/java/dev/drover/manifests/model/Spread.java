package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// Over which values of an attribute the allocations of a group are spread.
///
/// @param attribute the node's value that copies are spread over: `${node.datacenter}`
/// @param weight 1 to 100; 50 when absent
/// @param targets wanted shares; evenly when empty
public record Spread(
        Optional<String> attribute, Optional<Integer> weight, List<SpreadTarget> targets) {
    public Spread {
        targets = List.copyOf(targets);
    }
}
