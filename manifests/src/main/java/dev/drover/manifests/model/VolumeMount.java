package dev.drover.manifests.model;

import java.util.Optional;

/// Where a task sees a volume of its group.
///
/// @param volume the group's volume
/// @param destination where in the task it appears
/// @param readOnly whether the task may only read it
/// @param propagationMode whether mounts inside are seen outside: `private`, `host-to-task`,
///   `bidirectional`
/// @param selinuxLabel its label for SELinux
public record VolumeMount(
        Optional<String> volume,
        Optional<String> destination,
        Optional<Boolean> readOnly,
        Optional<String> propagationMode,
        Optional<String> selinuxLabel) {}
