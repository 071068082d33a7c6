package dev.drover.manifests.model;

import java.util.Optional;

/// When a task may run.
public record Schedule(Optional<ScheduleCron> cron) {}
