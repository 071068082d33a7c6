package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// When a failing check restarts its task.
public record CheckRestart(
        Optional<Integer> limit, Optional<Duration> grace, Optional<Boolean> ignoreWarnings) {}
