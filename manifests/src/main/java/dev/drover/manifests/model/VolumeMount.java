package dev.drover.manifests.model;

import java.util.Optional;

/// Where a task sees a volume of its group.
public record VolumeMount(
        Optional<String> volume,
        Optional<String> destination,
        Optional<Boolean> readOnly,
        Optional<String> propagationMode,
        Optional<String> selinuxLabel) {}
