package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// How a volume's file system is mounted.
///
/// @param fsType the file system
/// @param mountFlags as mount(8) has them
public record MountOptions(Optional<String> fsType, List<String> mountFlags) {
    public MountOptions {
        mountFlags = List.copyOf(mountFlags);
    }
}
