package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// How a node restarts a task in place.
///
/// @param attempts restarts within `interval`
/// @param interval the time that attempts are counted in
/// @param delay before each; up to a quarter is added by chance
/// @param mode what happens when they are used up: `fail` fails the allocation, `delay` waits for
///   the next interval
/// @param renderTemplates whether templates are rendered again before each restart
public record RestartPolicy(
        Optional<Integer> attempts,
        Optional<Duration> interval,
        Optional<Duration> delay,
        Optional<RestartMode> mode,
        Optional<Boolean> renderTemplates) {}
