package dev.drover.manifests.model;

import java.util.Map;
import java.util.Optional;

/// Between which sizes an autoscaler may move a task's resource.
///
/// @param resource `cpu` or `mem`
/// @param enabled whether an autoscaler may change the resource
/// @param min the least
/// @param max the most
/// @param type `vertical_cpu` or `vertical_mem`, as the label says
/// @param policy what only the autoscaler understands
public record TaskScaling(
        String resource,
        Optional<Boolean> enabled,
        Optional<Integer> min,
        Optional<Integer> max,
        Optional<String> type,
        Map<String, Value> policy) {
    public TaskScaling {
        policy = Copies.sorted(policy);
    }
}
