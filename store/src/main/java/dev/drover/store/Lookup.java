package dev.drover.store;

/// The answer to a get as of some time.
public sealed interface Lookup {
    /// It was there.
    record Found(Entry entry, Revision revision) implements Lookup {}

    /// Nothing was there.
    record Absent(Revision revision) implements Lookup {}

    /// That revision has been compacted.
    record TooOld(Revision compacted, Revision current) implements Lookup {}

    /// That revision is not here yet.
    record TooNew(Revision current) implements Lookup {}
}
