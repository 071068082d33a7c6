package dev.drover.store;

import java.util.List;
import java.util.Optional;

/// What became of a transaction.
public sealed interface Commit {
    /// All conditions held; the steps are done, on disk and visible.
    record Done(Effect effect) implements Commit {
        /// As of this revision everything it did is visible.
        public Revision revision() {
            return effect.revision();
        }
    }

    /// A condition did not hold: somebody else was faster. Look again before deciding anew.
    ///
    /// @param key the first key in the list of conditions that was not as expected
    /// @param actual what that key held instead; empty when nothing
    /// @param otherwise what the second list of steps did
    record Conflict(Key key, Optional<Entry> actual, Effect otherwise) implements Commit {}

    /// It may or may not be done: read before trying again, unless it carries a request id.
    record Unknown(String why) implements Commit {}

    /// The store does not take it, now or as it stands; nothing was done.
    record Refused(String why) implements Commit {}

    /// What a list of steps did.
    ///
    /// @param revision its own when it wrote something, else the one it looked at
    /// @param read one for each [Op.Get], in their order
    /// @param written how many keys were put
    /// @param deleted how many keys were there and are gone
    record Effect(Revision revision, List<Optional<Entry>> read, int written, int deleted) {
        /// Takes a copy of the list.
        public Effect {
            read = List.copyOf(read);
        }
    }
}
