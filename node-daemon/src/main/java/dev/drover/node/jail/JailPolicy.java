package dev.drover.node.jail;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// What a node lets jobs ask of their jails. The node itself checks it, whatever was admitted.
///
/// @param leave keys with which a jail gets more than an ordinary one
/// @param capabilities that `cap_add` may name beyond the ordinary ones
/// @param roots folders of the host that may become a jail's root or be mounted, with all that is
///   beneath them; a task's own folders always may
public record JailPolicy(Set<JailKey> leave, Set<Capability> capabilities, List<Path> roots) {
    /// Nothing beyond an ordinary jail in the task's own folders.
    public static final JailPolicy CLOSED = new JailPolicy(Set.of(), Set.of(), List.of());

    /// Takes copies.
    public JailPolicy {
        leave = Set.copyOf(leave);
        capabilities = Set.copyOf(capabilities);
        roots = List.copyOf(roots);
    }

    /// The same with these folders of the host.
    public JailPolicy withRoots(List<Path> folders) {
        return new JailPolicy(leave, capabilities, folders);
    }
}
