package dev.drover.manifests.model;

import java.util.Optional;

/// A volume that a group's tasks may mount.
///
/// @param name how tasks refer to it
/// @param type `host` or `csi`
public record VolumeRequest(
        String name,
        Optional<String> type,
        Optional<String> source,
        Optional<Boolean> readOnly,
        Optional<Boolean> sticky,
        Optional<String> accessMode,
        Optional<String> attachmentMode,
        Optional<Boolean> perAlloc,
        Optional<MountOptions> mountOptions) {}
