package dev.drover.store.watch;

import dev.drover.store.Change;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import java.util.List;

/// Some changes in whole revisions.
///
/// @param upTo every matching change up to here is among them
public record Slice(List<Change> changes, Revision upTo) {
    /// Takes a copy of the list.
    public Slice {
        changes = List.copyOf(changes);
    }

    /// Those of a prefix.
    Slice within(Prefix prefix) {
        return new Slice(
                changes.stream().filter(change -> prefix.covers(change.key())).toList(), upTo);
    }
}
