package dev.drover.manifests.model;

import java.util.Optional;

/// Marks a task as one that runs before, beside or after the main tasks.
///
/// @param hook when the task runs: `prestart`, `poststart` or `poststop`
/// @param sidecar whether it goes on running beside the main tasks
public record Lifecycle(Optional<LifecycleHook> hook, Optional<Boolean> sidecar) {}
