package dev.drover.store.rocks;

import dev.drover.store.Bytes;
import dev.drover.store.Change;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads of any kept revision. Each reads one unmoving state of the disk; whether that still has
/// the revision, the caller asks after the read.
public final class History {
    /// Versions of one key that are passed by one by one, before it is cheaper to seek the next
    /// key.
    private static final int STEPS = 8;

    /// Enough for every core to have one until nearly the end.
    private static final int PARTS = 16;

    private final Database database;

    /// Of an open database.
    public History(Database database) {
        this.database = database;
    }

    /// What the key held at a revision.
    public Optional<Entry> entry(Key key, Revision at) {
        byte[] from = KeyLayout.version(key.text(), at);
        try (Cursor versions = database.versions()) {
            versions.seek(from);
            return live(versions, from);
        }
    }

    /// What exactly this revision wrote to the key; empty when that is not kept.
    public Optional<Bytes> value(Key key, Revision revision) {
        byte[] at = KeyLayout.version(key.text(), revision);
        return database.version(at).map(stored -> Version.decode(at, stored).entry().value());
    }

    /// The same of many keys, which are read as neighbours where they are.
    public List<Optional<Bytes>> values(List<Written> wanted) {
        List<Optional<Bytes>> values = new ArrayList<>(wanted.size());
        try (Cursor versions = database.versions()) {
            for (Written one : wanted) {
                byte[] at = KeyLayout.version(one.key().text(), one.revision());
                if (!versions.valid() || !Arrays.equals(versions.key(), at)) {
                    versions.seek(at);
                }
                boolean there = versions.valid() && Arrays.equals(versions.key(), at);
                values.add(
                        there
                                ? Optional.of(Version.decode(at, versions.value()).entry().value())
                                : Optional.empty());
                if (there) {
                    versions.next();
                }
            }
        }
        return values;
    }

    /// What a revision wrote to a key.
    public record Written(Key key, Revision revision) {}

    private Optional<Entry> live(Cursor versions, byte[] ofSame) {
        if (!versions.valid()) {
            return Optional.empty();
        }
        byte[] found = versions.key();
        if (!KeyLayout.isVersionOf(found, ofSame)) {
            return Optional.empty();
        }
        Version version = Version.decode(found, versions.value());
        return version.deleted() ? Optional.empty() : Optional.of(version.entry());
    }

    /// What a key held since when, newest first.
    ///
    /// @param entry empty since it was deleted
    public record State(Revision since, Optional<Entry> entry) {}

    /// The states of a key up to `at`, newest first: at most `limit`, the last one being what it
    /// held at `compacted`.
    public List<State> states(Key key, Revision at, Revision compacted, int limit) {
        List<State> states = new ArrayList<>();
        byte[] from = KeyLayout.version(key.text(), at);
        try (Cursor versions = database.versions()) {
            versions.seek(from);
            boolean more = true;
            while (more
                    && states.size() < limit
                    && versions.valid()
                    && KeyLayout.isVersionOf(versions.key(), from)) {
                Revision since = KeyLayout.revision(versions.key());
                Optional<Entry> entry = live(versions, from);
                more = since.after(compacted);
                if (more || entry.isPresent()) {
                    states.add(new State(since, entry));
                }
                versions.next();
            }
        }
        return states;
    }

    /// Up to `limit` entries as of a revision, in key order, from the first key behind `after`.
    public List<Entry> list(Prefix prefix, Revision at, Optional<Key> after, int limit) {
        List<Entry> found = new ArrayList<>();
        byte[] start =
                after.map(Key::text)
                        .filter(prefix::isNotBehind)
                        .map(KeyLayout::behind)
                        .orElseGet(() -> KeyLayout.atOrAfter(prefix.text()));
        try (Cursor versions = database.versions()) {
            versions.seek(start);
            boolean inside = true;
            while (inside && versions.valid() && found.size() < limit) {
                byte[] first = versions.key();
                Key key = KeyLayout.key(first);
                inside = prefix.covers(key);
                if (inside) {
                    newestOf(versions, first, at).ifPresent(found::add);
                    leave(versions, first);
                }
            }
        }
        return found;
    }

    /// The state of a key at a revision, from its newest version on.
    private Optional<Entry> newestOf(Cursor versions, byte[] first, Revision at) {
        if (!KeyLayout.revision(first).after(at)) {
            return live(versions, first);
        }
        byte[] wanted = KeyLayout.version(KeyLayout.key(first).text(), at);
        versions.seek(wanted);
        return live(versions, wanted);
    }

    private static void leave(Cursor versions, byte[] ofSame) {
        for (int steps = 0; versions.valid(); steps++) {
            if (!KeyLayout.isVersionOf(versions.key(), ofSame)) {
                return;
            }
            if (steps == STEPS) {
                versions.seek(KeyLayout.behind(KeyLayout.key(ofSame).text()));
            } else {
                versions.next();
            }
        }
    }

    /// What is to be kept of the newest state of every key: in key order, in parts that were read
    /// side by side.
    public <T> List<List<T>> newest(Function<Entry, T> kept) {
        return database.parts(PARTS).parallelStream().map(part -> newest(part, kept)).toList();
    }

    private <T> List<T> newest(Part part, Function<Entry, T> kept) {
        List<T> found = new ArrayList<>();
        try (Cursor versions = database.scan()) {
            part.seek(versions);
            while (versions.valid() && part.holds(versions.key())) {
                byte[] first = versions.key();
                live(versions, first).map(kept).ifPresent(found::add);
                leave(versions, first);
            }
        }
        return found;
    }

    /// The changes of a prefix in whole revisions, from `from` to `upTo`.
    ///
    /// @param max once so many changes of any prefix were looked at, the answer ends with the
    ///   revision
    public Replay changes(Prefix prefix, Revision from, Revision upTo, int max) {
        List<Change> changes = new ArrayList<>();
        Revision reached = from.previous();
        int looked = 0;
        try (Database.Cursors both = database.cursors()) {
            Cursor records = both.changes();
            Cursor versions = both.versions();
            records.seek(KeyLayout.change(from, 0));
            while (records.valid()) {
                Revision revision = KeyLayout.revisionOfChange(records.key());
                if (revision.after(upTo) || (looked >= max && revision.after(reached))) {
                    return new Replay(changes, looked >= max ? reached : upTo);
                }
                ChangedKey changed = ChangedKey.decode(records.value());
                if (prefix.covers(changed.key())) {
                    changes.add(change(versions, changed, revision));
                }
                reached = revision;
                looked++;
                records.next();
            }
        }
        return new Replay(changes, upTo);
    }

    private Change change(Cursor versions, ChangedKey changed, Revision revision) {
        byte[] at = KeyLayout.version(changed.key().text(), revision);
        versions.seek(at);
        if (!versions.valid() || !Arrays.equals(versions.key(), at)) {
            throw new UncheckedIOException(
                    new IOException("no value of %s at %s".formatted(changed.key(), revision)));
        }
        Version now = Version.decode(versions.key(), versions.value());
        versions.next();
        Optional<Entry> before = live(versions, at);
        if (!changed.deleted()) {
            return Change.put(now.entry(), before);
        }
        return Change.deleted(
                before.orElseThrow(() ->
                        new UncheckedIOException(
                                new IOException(
                                        "nothing of %s before it was deleted at %s"
                                                .formatted(changed.key(), revision)))),
                revision);
    }

    /// Some changes, and how far they go.
    ///
    /// @param upTo everything up to here is in `changes`
    public record Replay(List<Change> changes, Revision upTo) {
        /// Takes a copy of the list.
        public Replay {
            changes = List.copyOf(changes);
        }
    }
}
