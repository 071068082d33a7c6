package dev.drover.store.machine;

import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.index.Tree;
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

    /// What the key holds: nothing, something, or something whose value has been compacted since
    /// this view was the newest, so that one should look again.
    public Held get(Key key) {
        return tree.get(key)
                .map(slot ->
                        entry(key, slot)
                                .<Held>map(Held.Something::new)
                                .orElseGet(Held.Outdated::new))
                .orElseGet(Held.Nothing::new);
    }

    /// What a view knows of a key.
    public sealed interface Held {
        /// There was no such key.
        record Nothing() implements Held {}

        /// This is what it held.
        record Something(Entry entry) implements Held {}

        /// It held something that is no longer kept.
        record Outdated() implements Held {}
    }

    private Optional<Entry> entry(Key key, Slot slot) {
        return slot.value()
                .or(() -> values.value(key, slot.revision()))
                .map(value -> slot.entry(key, value));
    }

    @Override
    public Optional<List<Entry>> list(Prefix prefix, Optional<Key> after, int limit) {
        List<Entry> found = new ArrayList<>();
        List<Key> outdated = new ArrayList<>();
        String begin = after.map(Key::text).filter(prefix::isNotBehind).orElse(prefix.text());
        tree.from(
                begin,
                (key, slot) -> {
                    if (!prefix.covers(key)) {
                        return false;
                    }
                    if (after.isPresent() && key.equals(after.get())) {
                        return true;
                    }
                    entry(key, slot).ifPresentOrElse(found::add, () -> outdated.add(key));
                    return found.size() < limit && outdated.isEmpty();
                });
        return outdated.isEmpty() ? Optional.of(found) : Optional.empty();
    }
}
