package dev.drover.store.machine;

import dev.drover.store.Bytes;
import dev.drover.store.Change;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Revision;
import dev.drover.store.rocks.History;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Values that the tree does not keep, as far as they are on their way into the database; the
/// others it reads there. Added to and asked by the thread that applies, emptied by the one that
/// writes.
final class Unwritten {
    private final History history;

    /// The newest of each key: nobody who applies asks for an older one.
    private final Map<Key, Entry> entries = new ConcurrentHashMap<>();

    Unwritten(History history) {
        this.history = history;
    }

    void add(Entry entry) {
        entries.put(entry.key(), entry);
    }

    /// What a revision wrote to a key.
    Bytes value(Key key, Revision revision) {
        return Optional.ofNullable(entries.get(key)) // first: it goes when it is in the database
                .filter(entry -> entry.modified().equals(revision))
                .map(Entry::value)
                .or(() -> history.value(key, revision))
                .orElseThrow(() ->
                        new IllegalStateException(
                                "%s at %s is in the tree but not on disk"
                                        .formatted(key, revision)));
    }

    /// These are in the database now.
    void wrote(List<Change> changes) {
        if (entries.isEmpty()) {
            return;
        }
        for (Change change : changes) {
            Entry newest = entries.get(change.key());
            if (newest != null && !newest.modified().after(change.revision())) {
                entries.remove(change.key(), newest);
            }
        }
    }
}
