package dev.drover.store.machine;

import dev.drover.store.Bytes;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Revision;

/// What the tree in memory knows of a key.
sealed interface Slot {
    /// All of it: the very entry that was written, which watches may hold as well.
    record Held(Entry entry) implements Slot {}

    /// All but its value, which stays on disk. Plain numbers and not revisions: there may be a
    /// million of these.
    record OnDisk(long created, long modified, long version) implements Slot {
        Revision revision() {
            return new Revision(modified);
        }

        Entry entry(Key key, Bytes value) {
            return new Entry(key, value, new Revision(created), revision(), version);
        }
    }

    static Slot of(Entry entry, boolean withValue) {
        return withValue
                ? new Held(entry)
                : new OnDisk(entry.created().number(), entry.modified().number(), entry.version());
    }
}
