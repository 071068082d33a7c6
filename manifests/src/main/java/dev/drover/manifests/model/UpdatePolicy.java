package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// How a new version replaces the old one.
///
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
