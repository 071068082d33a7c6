package dev.drover.store.machine;

import dev.drover.store.Bytes;
import dev.drover.store.Change;
import dev.drover.store.Commit;
import dev.drover.store.Compare;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Op;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Txn;
import dev.drover.store.index.Tree;
import dev.drover.store.rocks.Batch;
import dev.drover.store.rocks.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// One write of many transactions while it is put together: each sees what those before it did.
final class Turn {
    private final Tree.Editor<Slot> tree;
    private final Batch batch;
    private final Requests requests;
    private final Times times;
    private final Predicate<Key> staysOnDisk;
    private final History history;
    private final List<Change> changes = new ArrayList<>();

    /// Values of this turn that are in neither the tree nor yet the database.
    private final Map<Key, Bytes> fresh = new HashMap<>();

    /// What the conditions of the transaction at hand found absent, which most of it then creates:
    /// where a key is not in a large tree is looked up once.
    private final Set<Key> absent = new HashSet<>();

    private Revision revision;

    Turn(
            Revision revision,
            Tree.Editor<Slot> tree,
            Batch batch,
            Requests requests,
            Times times,
            Predicate<Key> staysOnDisk,
            History history) {
        this.revision = revision;
        this.tree = tree;
        this.batch = batch;
        this.requests = requests;
        this.times = times;
        this.staysOnDisk = staysOnDisk;
        this.history = history;
    }

    Revision revision() {
        return revision;
    }

    List<Change> changes() {
        return changes;
    }

    Tree<Slot> tree() {
        return tree.done();
    }

    Commit transact(Txn txn, Instant time) {
        Optional<Commit> before = txn.requestId().flatMap(requests::answer);
        if (before.isPresent()) {
            return before.get();
        }
        absent.clear();
        for (Compare compare : txn.ifAll()) {
            if (!holds(compare)) {
                Optional<Entry> actual = entry(compare.key());
                return new Commit.Conflict(compare.key(), actual, perform(txn.otherwise(), time));
            }
        }
        Commit.Effect effect = perform(txn.then(), time);
        txn.requestId().ifPresent(id -> requests.remember(id, time, effect, batch));
        return new Commit.Done(effect);
    }

    private boolean holds(Compare compare) {
        Optional<Slot> slot = tree.get(compare.key());
        if (slot.isEmpty()) {
            absent.add(compare.key());
            return compare.holds(Revision.NONE, Revision.NONE, 0);
        }
        return switch (slot.get()) {
            case Slot.Held(Entry is) -> compare.holds(is.created(), is.modified(), is.version());
            case Slot.OnDisk is ->
                    compare.holds(new Revision(is.created()), is.revision(), is.version());
        };
    }

    /// Reads and decides on the state before, then writes everything at one new revision.
    private Commit.Effect perform(List<Op> ops, Instant time) {
        Revision next = revision.next();
        List<Optional<Entry>> read = new ArrayList<>();
        List<Change> written = new ArrayList<>(ops.size());
        for (Op op : ops) {
            switch (op) {
                case Op.Get(Key key) -> read.add(entry(key));
                case Op.Put(Key key, Bytes value) -> written.add(put(key, value, next));
                case Op.Delete(Key key) ->
                        entry(key).ifPresent(last -> written.add(Change.deleted(last, next)));
                case Op.DeletePrefix(Prefix prefix, int max) ->
                        first(prefix, max).forEach(last -> written.add(Change.deleted(last, next)));
            }
        }
        if (!written.isEmpty()) {
            times.note(time, revision, batch);
        }
        int deleted = 0;
        for (int place = 0; place < written.size(); place++) {
            Change change = written.get(place);
            batch.change(change, place);
            times.wrote(bytes(change));
            deleted += remember(change) ? 0 : 1;
        }
        changes.addAll(written);
        revision = written.isEmpty() ? revision : next;
        return new Commit.Effect(revision, read, written.size() - deleted, deleted);
    }

    /// A key is written twice, with the value and with the revision.
    private static long bytes(Change change) {
        boolean deleted = change.type() == Change.Type.DELETED;
        int value = deleted ? 0 : change.entry().value().size();
        return 2L * change.key().text().length() + value;
    }

    /// A key that is there stays the same object, which the tree has, too.
    private Change put(Key key, Bytes value, Revision at) {
        Optional<Entry> previous = absent.contains(key) ? Optional.empty() : entry(key);
        if (previous.isEmpty()) {
            return Change.put(new Entry(key, value, at, at, 1), previous);
        }
        Entry last = previous.get();
        return Change.put(
                new Entry(last.key(), value, last.created(), at, last.version() + 1), previous);
    }

    /// Whether the key is there afterwards.
    private boolean remember(Change change) {
        Key key = change.key();
        if (change.type() == Change.Type.DELETED) {
            tree.remove(key);
            fresh.remove(key);
            return false;
        }
        boolean onDisk = staysOnDisk.test(key);
        tree.put(key, Slot.of(change.entry(), !onDisk));
        if (onDisk) {
            fresh.put(key, change.entry().value());
        }
        return true;
    }

    private Optional<Entry> entry(Key key) {
        Optional<Slot> slot = tree.get(key);
        if (slot.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                switch (slot.get()) {
                    case Slot.Held(Entry entry) -> entry;
                    case Slot.OnDisk stored -> stored.entry(key, value(key, stored));
                });
    }

    private Bytes value(Key key, Slot.OnDisk stored) {
        return Optional.ofNullable(fresh.get(key))
                .or(() -> history.value(key, stored.revision()))
                .orElseThrow(() ->
                        new IllegalStateException(
                                "%s at %s is in the tree but not on disk"
                                        .formatted(key, stored.revision())));
    }

    private List<Entry> first(Prefix prefix, int max) {
        List<Key> keys = new ArrayList<>();
        tree.from(
                prefix.text(),
                (key, _) -> {
                    boolean covered = prefix.covers(key);
                    if (covered) {
                        keys.add(key);
                    }
                    return covered && keys.size() < max;
                });
        return keys.stream().flatMap(key -> entry(key).stream()).toList();
    }
}
