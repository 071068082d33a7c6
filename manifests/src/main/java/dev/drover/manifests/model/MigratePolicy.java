package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// How allocations leave a node that is drained.
public record MigratePolicy(
        Optional<Integer> maxParallel,
        Optional<String> healthCheck,
        Optional<Duration> minHealthyTime,
        Optional<Duration> healthyDeadline) {}
