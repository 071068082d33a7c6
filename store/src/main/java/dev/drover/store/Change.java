package dev.drover.store;

import java.util.Optional;
import java.util.function.Predicate;

/// What one revision did to one key, as one watcher sees it.
///
/// @param entry what is there now; for a deletion what was there last
/// @param previous what was there before; empty when nothing was
/// @param revision the one that did it, which for a deletion is newer than the entry's
public record Change(Type type, Entry entry, Optional<Entry> previous, Revision revision) {
    /// In the words of Kubernetes.
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }

    /// An entry appeared.
    public static Change added(Entry entry, Revision revision) {
        return new Change(Type.ADDED, entry, Optional.empty(), revision);
    }

    /// A put over `previous`.
    public static Change put(Entry entry, Optional<Entry> previous) {
        Type type = previous.isPresent() ? Type.MODIFIED : Type.ADDED;
        return new Change(type, entry, previous, entry.modified());
    }

    /// An entry went away.
    public static Change deleted(Entry last, Revision revision) {
        return new Change(Type.DELETED, last, Optional.of(last), revision);
    }

    /// What a state that followed another one says; when the one before is forgotten, an entry that
    /// is not new counts as modified.
    ///
    /// @throws java.util.NoSuchElementException when neither held anything
    public static Change remembered(
            Optional<Entry> before, Optional<Entry> after, Revision revision) {
        if (after.isEmpty()) {
            return deleted(before.orElseThrow(), revision);
        }
        boolean fresh = after.get().created().equals(revision);
        return new Change(fresh ? Type.ADDED : Type.MODIFIED, after.get(), before, revision);
    }

    /// The key that changed.
    public Key key() {
        return entry.key();
    }

    /// What is there afterwards.
    public Optional<Entry> current() {
        return type == Type.DELETED ? Optional.empty() : Optional.of(entry);
    }

    /// As it looks to one who sees only the selected entries: what stops being selected is deleted
    /// to him, what starts being selected is added. Empty when he sees nothing.
    public Optional<Change> through(Predicate<Entry> selector) {
        return whole(selector)
                ? Optional.of(this)
                : between(previous.filter(selector), current().filter(selector), revision);
    }

    /// Whether it looks the same to one who sees only the selected entries.
    public boolean whole(Predicate<Entry> selector) {
        return (type == Type.DELETED || selector.test(entry))
                && (previous.isEmpty() || selector.test(previous.get()));
    }

    /// This one and a later one of the same key as one. Empty when an entry came and went in
    /// between.
    public Optional<Change> then(Change later) {
        return between(previous, later.current(), later.revision);
    }

    private static Optional<Change> between(
            Optional<Entry> before, Optional<Entry> after, Revision revision) {
        if (after.isEmpty()) {
            return before.map(last -> deleted(last, revision));
        }
        Type type = before.isPresent() ? Type.MODIFIED : Type.ADDED;
        return Optional.of(new Change(type, after.get(), before, revision));
    }
}
