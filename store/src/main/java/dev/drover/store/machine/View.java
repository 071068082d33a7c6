package dev.drover.store.machine;

import dev.drover.store.Bytes;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.index.Tree;
import dev.drover.store.rocks.History;
import dev.drover.store.watch.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The state at one revision, held by whoever reads it.
public final class View implements Snapshot {
    private final Revision revision;
    private final Revision compacted;
    private final Tree<Slot> tree;
    private final Values values;

    View(Revision revision, Revision compacted, Tree<Slot> tree, Values values) {
        this.revision = revision;
        this.compacted = compacted;
        this.tree = tree;
        this.values = values;
    }

    @Override
    public Revision revision() {
        return revision;
    }

    @Override
    public Revision compacted() {
        return compacted;
    }

    /// How many keys there are.
    public int size() {
        return tree.size();
    }

    /// What the keys hold, without those that hold nothing. Empty when a value has been compacted
    /// since this view was the newest, so that one should look again.
    public Optional<List<Entry>> entries(List<Key> keys) {
        Reading reading = new Reading();
        keys.forEach(key -> tree.get(key).ifPresent(slot -> reading.add(key, slot)));
        return reading.complete();
    }

    @Override
    public Optional<List<Entry>> list(Prefix prefix, Optional<Key> after, int limit) {
        Reading reading = new Reading();
        String begin = after.map(Key::text).filter(prefix::isNotBehind).orElse(prefix.text());
        tree.from(
                begin,
                (key, slot) -> {
                    if (!prefix.covers(key)) {
                        return false;
                    }
                    if (after.isEmpty() || !key.equals(after.get())) {
                        reading.add(key, slot);
                    }
                    return reading.size() < limit;
                });
        return reading.complete();
    }

    /// Entries that are being collected; what the tree does not have of them is read at once.
    private final class Reading {
        private final List<Entry> entries = new ArrayList<>();
        private final List<History.Written> missing = new ArrayList<>();

        /// Where the missing ones stand.
        private final List<Integer> places = new ArrayList<>();

        int size() {
            return entries.size();
        }

        void add(Key key, Slot slot) {
            switch (slot) {
                case Slot.Held(Entry entry) -> entries.add(entry);
                case Slot.OnDisk stored -> {
                    missing.add(new History.Written(key, stored.revision()));
                    places.add(entries.size());
                    entries.add(stored.entry(key, Bytes.EMPTY));
                }
            }
        }

        Optional<List<Entry>> complete() {
            List<Optional<Bytes>> found = missing.isEmpty() ? List.of() : values.values(missing);
            for (int i = 0; i < found.size(); i++) {
                Optional<Bytes> value = found.get(i);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                entries.set(places.get(i), entries.get(places.get(i)).with(value.get()));
            }
            return Optional.of(entries);
        }
    }
}
