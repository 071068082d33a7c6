package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// When the server replaces a failed allocation elsewhere.
///
/// @param attempts replacements within an interval, unless they are unlimited
/// @param interval the time that attempts are counted in
/// @param delay before the first replacement
/// @param delayFunction how the delay grows
/// @param maxDelay how far it grows
/// @param unlimited whether it is tried for ever
public record ReschedulePolicy(
        Optional<Integer> attempts,
        Optional<Duration> interval,
        Optional<Duration> delay,
        Optional<DelayFunction> delayFunction,
        Optional<Duration> maxDelay,
        Optional<Boolean> unlimited) {}
