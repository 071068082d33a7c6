package dev.drover.store;

/// What one key held as of some revision.
///
/// @param created the revision that put it where nothing was
/// @param modified the revision that wrote this value; an object's `resourceVersion`
/// @param version 1 when created, one more with each write
public record Entry(Key key, Bytes value, Revision created, Revision modified, long version) {
    /// The same with another value.
    public Entry with(Bytes other) {
        return new Entry(key, other, created, modified, version);
    }
}
