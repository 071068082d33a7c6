package dev.drover.store;

import java.util.List;
import java.util.Optional;

/// The answer to a list.
public sealed interface Listing {
    /// Entries in key order, all of them as they were at `revision`.
    ///
    /// @param next the last key of this page when more follow: pass it as `after`
    record Page(List<Entry> entries, Revision revision, Optional<Key> next) implements Listing {
        /// Takes a copy of the list.
        public Page {
            entries = List.copyOf(entries);
        }
    }

    /// That revision has been compacted: list again without one.
    record TooOld(Revision compacted, Revision current) implements Listing {}

    /// That revision is not here yet.
    record TooNew(Revision current) implements Listing {}
}
