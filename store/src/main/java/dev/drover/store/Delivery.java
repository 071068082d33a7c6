package dev.drover.store;

import java.util.List;

/// What a watch delivers.
public sealed interface Delivery {
    /// Changes of one or more whole revisions, in the order they happened; never empty.
    record Frame(List<Change> changes) implements Delivery {
        /// Takes a copy of the list.
        ///
        /// @throws IllegalArgumentException when it is empty
        public Frame {
            changes = List.copyOf(changes);
            if (changes.isEmpty()) {
                throw new IllegalArgumentException("a frame without changes");
            }
        }

        /// The newest revision in it.
        public Revision revision() {
            return changes.getLast().revision();
        }
    }

    /// Every matching change up to and with `revision` was delivered on this stream.
    record Bookmark(Revision revision) implements Delivery {}

    /// What was there at `revision` has been delivered; from here on it is changes.
    record InitialDone(Revision revision) implements Delivery {}

    /// Changes that were not delivered yet have been compacted: begin anew. Ends the watch.
    record TooOld(Revision compacted, Revision current) implements Delivery {}

    /// The watcher may no longer see what it watches. Ends the watch.
    record Forbidden() implements Delivery {}
}
