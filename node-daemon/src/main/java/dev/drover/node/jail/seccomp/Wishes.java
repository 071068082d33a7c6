package dev.drover.node.jail.seccomp;

import java.util.Set;

/// By what the filter of one task differs from the profile's plain form.
///
/// @param granted capabilities and features in the profile's words, lower case
/// @param denied system calls to refuse although the profile allows them
public record Wishes(Set<String> granted, Set<String> denied) {
    /// Nothing beyond the profile.
    public static final Wishes NONE = new Wishes(Set.of(), Set.of());

    /// Takes copies of the sets.
    public Wishes {
        granted = Set.copyOf(granted);
        denied = Set.copyOf(denied);
    }
}
