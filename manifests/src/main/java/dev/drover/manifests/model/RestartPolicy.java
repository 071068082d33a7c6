package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// How a node restarts a task in place.
///
/// @param attempts restarts within `interval`
/// @param delay before each; up to a quarter is added by chance
public record RestartPolicy(
        Optional<Integer> attempts,
        Optional<Duration> interval,
        Optional<Duration> delay,
        Optional<RestartMode> mode,
        Optional<Boolean> renderTemplates) {}
