package dev.drover.manifests.model;

import java.util.Optional;

/// Where a task finds the payload of its dispatch, beneath `local/`.
///
/// @param file where in the task's `local/` folder the payload is written
public record DispatchPayload(Optional<String> file) {}
