package dev.drover.manifests.model;

import java.util.Optional;

/// When a task may run.
///
/// @param cron when the task may run
public record Schedule(Optional<ScheduleCron> cron) {}
