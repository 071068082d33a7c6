package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// When a failing check restarts its task.
///
/// @param limit bad answers in a row until the task is restarted; 0 for never
/// @param grace how long after a start bad answers do not count
/// @param ignoreWarnings whether a warning counts as a good answer
public record CheckRestart(
        Optional<Integer> limit, Optional<Duration> grace, Optional<Boolean> ignoreWarnings) {}
