package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// How a volume's file system is mounted.
public record MountOptions(Optional<String> fsType, List<String> mountFlags) {
    public MountOptions {
        mountFlags = List.copyOf(mountFlags);
    }
}
