package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// When the server replaces a failed allocation elsewhere.
public record ReschedulePolicy(
        Optional<Integer> attempts,
        Optional<Duration> interval,
        Optional<Duration> delay,
        Optional<DelayFunction> delayFunction,
        Optional<Duration> maxDelay,
        Optional<Boolean> unlimited) {}
