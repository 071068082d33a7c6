package dev.drover.store.typed;

import dev.drover.store.Revision;

/// The answer to reading one row as of some time.
public sealed interface TableLookup<T> {
    /// It was there.
    record Found<T>(T row, Revision revision) implements TableLookup<T> {}

    /// Nothing was there.
    record Absent<T>(Revision revision) implements TableLookup<T> {}

    /// That revision has been compacted.
    record TooOld<T>(Revision compacted, Revision current) implements TableLookup<T> {}

    /// That revision is not here yet.
    record TooNew<T>(Revision current) implements TableLookup<T> {}
}
