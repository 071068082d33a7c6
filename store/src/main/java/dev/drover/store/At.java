package dev.drover.store;

/// As of when to read.
public sealed interface At {
    /// Everything acknowledged before the call.
    At NEWEST = new Newest();

    /// See [#NEWEST].
    record Newest() implements At {}

    /// That very revision, today and tomorrow; too old once it has been compacted.
    record Exactly(Revision revision) implements At {}

    /// That revision or a newer one; waits for it up to [Store#FUTURE_WAIT], then it is too new.
    record NotOlderThan(Revision revision) implements At {}
}
