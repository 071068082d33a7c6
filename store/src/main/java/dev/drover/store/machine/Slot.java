package dev.drover.store.machine;

import dev.drover.store.Bytes;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Revision;
import java.util.Optional;

/// What the tree in memory knows of a key: its numbers, and its value unless values of that type
/// stay on disk.
///
/// Plain numbers and not revisions: there may be a million of these.
record Slot(long created, long modified, long version, Optional<Bytes> value) {
    static Slot of(Entry entry, boolean withValue) {
        return new Slot(
                entry.created().number(),
                entry.modified().number(),
                entry.version(),
                withValue ? Optional.of(entry.value()) : Optional.empty());
    }

    Revision revision() {
        return new Revision(modified);
    }

    Entry entry(Key key, Bytes itsValue) {
        return new Entry(key, itsValue, new Revision(created), revision(), version);
    }
}
