package dev.drover.manifests.diff;

import java.util.Locale;

/// What a changed field does to allocations that run, from nothing to the most.
public enum Effect {
    /// They do not notice.
    IGNORE,
    /// They go on under the new version.
    IN_PLACE,
    /// They are stopped and others started.
    REPLACE,
    /// They are stopped, and nothing comes instead.
    STOP;

    /// As people read it: `in place`.
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /// The stronger of two.
    public Effect and(Effect other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
