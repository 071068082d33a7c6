package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// How long a template waits for its inputs to be quiet.
public record TemplateWait(Optional<Duration> min, Optional<Duration> max) {}
