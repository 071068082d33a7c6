package dev.drover.store.watch;

import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import java.util.List;
import java.util.Optional;

/// The visible state at one revision; it does not move.
public interface Snapshot {
    /// Everything up to here is in it.
    Revision revision();

    /// States before this revision are forgotten.
    Revision compacted();

    /// Up to `limit` entries in key order, from the first one behind `after`. Empty when a value
    /// has been compacted meanwhile.
    Optional<List<Entry>> list(Prefix prefix, Optional<Key> after, int limit);
}
