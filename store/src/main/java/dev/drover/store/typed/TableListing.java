package dev.drover.store.typed;

import dev.drover.manifests.model.ResourceName;
import dev.drover.store.Revision;
import java.util.List;
import java.util.Optional;

/// The answer to a query of a table.
public sealed interface TableListing<T> {
    /// Rows in the order of their keys, all as of one revision.
    ///
    /// @param next the last name of this page when more follow: pass it as `after`
    record Page<T>(List<T> rows, Revision revision, Optional<ResourceName> next)
            implements TableListing<T> {
        /// Takes a copy of the list.
        public Page {
            rows = List.copyOf(rows);
        }
    }

    /// That revision has been compacted.
    record TooOld<T>(Revision compacted, Revision current) implements TableListing<T> {}

    /// That revision is not here yet.
    record TooNew<T>(Revision current) implements TableListing<T> {}
}
