package dev.drover.manifests.model;

import java.util.Optional;

/// Where a task finds the payload of its dispatch, beneath `local/`.
public record DispatchPayload(Optional<String> file) {}
