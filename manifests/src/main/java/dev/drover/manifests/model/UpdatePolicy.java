package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// How a new version replaces the old one.
///
/// @param maxParallel copies that are replaced at once; 0 for all, without a deployment
/// @param healthCheck by what new copies are found healthy: `checks`, `task_states` or `manual`
/// @param minHealthyTime how long a new copy must be healthy
/// @param healthyDeadline by when a new copy must be healthy
/// @param progressDeadline the longest without any new healthy copy
/// @param canary new copies that are started beside the old ones before any is replaced
/// @param autoPromote whether healthy canaries go on by themselves
/// @param autoRevert whether a failed deployment goes back to the last stable version
/// @param stagger nothing any more: `minHealthyTime` says it
/// @param surge whether a new copy starts, and is healthy, before the old one of its slot stops
public record UpdatePolicy(
        Optional<Integer> maxParallel,
        Optional<String> healthCheck,
        Optional<Duration> minHealthyTime,
        Optional<Duration> healthyDeadline,
        Optional<Duration> progressDeadline,
        Optional<Integer> canary,
        Optional<Boolean> autoPromote,
        Optional<Boolean> autoRevert,
        Optional<Duration> stagger,
        Optional<Boolean> surge) {}
