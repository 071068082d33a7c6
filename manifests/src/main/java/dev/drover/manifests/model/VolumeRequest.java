package dev.drover.manifests.model;

import java.util.Optional;

/// A volume that a group's tasks may mount.
///
/// @param name how tasks refer to it
/// @param type `host` or `csi`
/// @param source the volume's name on the node or in the cluster
/// @param readOnly whether no task may write to it
/// @param sticky whether a new copy gets the very volume of the old one
/// @param accessMode how many may use it at once
/// @param attachmentMode `file-system` or `block-device`
/// @param perAlloc whether each copy has its own: `NAME[INDEX]`
/// @param mountOptions how it is mounted
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
