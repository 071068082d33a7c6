package dev.drover.store.machine;

import dev.drover.store.Change;
import dev.drover.store.Commit;
import java.util.List;

/// Commands that have been applied together: written, but neither known to be on disk nor visible.
///
/// @param answers for each command, one for each of its transactions
/// @param written whether there is anything to sync
public record Group(List<List<Commit>> answers, List<Change> changes, View view, boolean written) {
    /// Takes copies of the lists.
    public Group {
        answers = List.copyOf(answers);
        changes = List.copyOf(changes);
    }
}
