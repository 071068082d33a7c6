package dev.drover.manifests.model;

import java.util.Map;
import java.util.Optional;

/// Between which sizes an autoscaler may move a task's resource.
///
/// @param resource `cpu` or `mem`
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
