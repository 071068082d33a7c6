package dev.drover.node.jail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a node lets jobs ask of their jails. The node itself checks it, whatever was admitted.
///
/// @param leave keys with which a jail gets more than an ordinary one
/// @param capabilities that `cap_add` may name beyond the ordinary ones
/// @param roots folders of the host that may become a jail's root or be mounted, with all that is
///   beneath them; a task's own folders always may
public record JailPolicy(Set<JailKey> leave, Set<Capability> capabilities, List<Path> roots) {
    /// Nothing beyond an ordinary jail in the task's own folders.
    public static final JailPolicy CLOSED = new JailPolicy(Set.of(), Set.of(), List.of());

    /// Of a node whose operators say nothing: any folder may be a jail's root or be mounted into
    /// one, since with raw_exec a job reaches all of them anyway.
    public static final JailPolicy ORDINARY = CLOSED.withRoots(List.of(Path.of("/")));

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

    /// As operators write it.
    ///
    /// @param roots absolute paths; all of the machine when empty
    /// @param allow keys like `allow_raw_sockets`, in any of their spellings
    /// @param capabilities like `net_raw` or `CAP_NET_RAW`
    /// @throws IllegalArgumentException when one of them is nothing of the kind: all of them
    public static JailPolicy of(List<String> roots, List<String> allow, List<String> capabilities) {
        List<String> wrong = new ArrayList<>();
        Set<JailKey> leave = EnumSet.noneOf(JailKey.class);
        for (String word : allow) {
            JailKey.named(word)
                    .filter(JailPolicy::grantable)
                    .ifPresentOrElse(
                            leave::add,
                            () ->
                                    wrong.add(
                                            "\""
                                                    + word
                                                    + "\" is not a key that needs leave; those are "
                                                    + grantable()));
        }
        Set<Capability> caps = EnumSet.noneOf(Capability.class);
        for (String word : capabilities) {
            Capability.named(word)
                    .ifPresentOrElse(
                            caps::add, () -> wrong.add("\"" + word + "\" is not a capability"));
        }
        roots.stream()
                .filter(root -> !root.startsWith("/"))
                .forEach(root -> wrong.add("\"" + root + "\" is not an absolute path"));
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
        return new JailPolicy(
                leave,
                caps,
                roots.isEmpty() ? ORDINARY.roots() : roots.stream().map(Path::of).toList());
    }

    /// Whether a node can grant it: it has an effect on some system, but none without leave. What
    /// only a value of a key needs leave for is among them, and `cap_add` has a list of its own.
    private static boolean grantable(JailKey key) {
        boolean needs =
                Stream.of(Platform.values())
                        .anyMatch(platform -> key.on(platform) instanceof Fate.NeedsLeave);
        return key != JailKey.CAP_ADD && (needs || BY_VALUE.contains(key));
    }

    private static final Set<JailKey> BY_VALUE =
            EnumSet.of(JailKey.ENFORCE_STATFS, JailKey.DEVFS_RULESET);

    private static String grantable() {
        return Stream.of(JailKey.values())
                .filter(JailPolicy::grantable)
                .map(JailKey::word)
                .collect(Collectors.joining(", "));
    }
}
