package dev.drover.manifests.model;

import java.util.Map;
import java.util.Optional;

/// Between which counts an autoscaler may move a group, and by what policy.
///
/// @param enabled whether an autoscaler may change the count
/// @param min the lowest count
/// @param max required where there is a policy
/// @param type `horizontal`; there is no other
/// @param policy what only the autoscaler understands
public record Scaling(
        Optional<Boolean> enabled,
        Optional<Integer> min,
        Optional<Integer> max,
        Optional<String> type,
        Map<String, Value> policy) {
    public Scaling {
        policy = Copies.sorted(policy);
    }
}
