package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// How long a template waits for its inputs to be quiet.
///
/// @param min at least
/// @param max at most
public record TemplateWait(Optional<Duration> min, Optional<Duration> max) {}
