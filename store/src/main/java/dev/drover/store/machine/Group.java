package dev.drover.store.machine;

import dev.drover.store.Change;
import dev.drover.store.Commit;
import dev.drover.store.rocks.Batch;
import java.util.List;

/// Commands that have been applied together: neither known to be on disk nor visible.
///
/// @param answers for each command, one for each of its transactions
/// @param batch what they write, until it is written
/// @param writes whether that is anything
public record Group(
        List<List<Commit>> answers, List<Change> changes, View view, Batch batch, boolean writes) {
    /// Takes copies of the lists.
    public Group {
        answers = List.copyOf(answers);
        changes = List.copyOf(changes);
    }
}
