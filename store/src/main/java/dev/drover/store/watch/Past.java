package dev.drover.store.watch;

import dev.drover.store.Prefix;
import dev.drover.store.Revision;

/// What watches read that is not in memory.
public interface Past {
    /// The visible state of now.
    Snapshot now();

    /// Changes of a prefix after a revision, from disk; see [Slice].
    Slice changes(Prefix prefix, Revision after, Revision upTo, int max);
}
