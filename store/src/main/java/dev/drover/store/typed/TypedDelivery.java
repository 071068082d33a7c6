package dev.drover.store.typed;

import dev.drover.store.Revision;
import java.util.List;

/// What a typed watch delivers; see [dev.drover.store.Delivery].
public sealed interface TypedDelivery<T> {
    /// Changes of one or more whole revisions; never empty.
    record Frame<T>(List<TypedChange<T>> changes) implements TypedDelivery<T> {
        /// Takes a copy of the list.
        public Frame {
            changes = List.copyOf(changes);
        }

        /// The newest revision in it.
        public Revision revision() {
            return changes.getLast().revision();
        }
    }

    /// Every matching change up to and with `revision` was delivered.
    record Bookmark<T>(Revision revision) implements TypedDelivery<T> {}

    /// What was there at `revision` has been delivered.
    record InitialDone<T>(Revision revision) implements TypedDelivery<T> {}

    /// What was not delivered yet has been compacted: begin anew. Ends the watch.
    record TooOld<T>(Revision compacted, Revision current) implements TypedDelivery<T> {}

    /// The watcher may no longer see what it watches. Ends the watch.
    record Forbidden<T>() implements TypedDelivery<T> {}
}
