package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// How allocations leave a node that is drained.
///
/// @param maxParallel copies that leave at once
/// @param healthCheck by what their successors are found healthy: `checks` or `task_states`
/// @param minHealthyTime how long a successor must be healthy
/// @param healthyDeadline by when it must be
public record MigratePolicy(
        Optional<Integer> maxParallel,
        Optional<String> healthCheck,
        Optional<Duration> minHealthyTime,
        Optional<Duration> healthyDeadline) {}
