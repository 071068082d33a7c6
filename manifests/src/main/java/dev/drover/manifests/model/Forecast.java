package dev.drover.manifests.model;

import java.util.List;
import java.util.Map;

/// What would move where after a change that nobody has made yet, as of a revision.
///
/// @param moves in the order in which they would begin
/// @param without by job: what has no place afterwards and had one before
/// @param left what would still be on the drained nodes in the end
/// @param waits by job: what would only go on once somebody promotes its canaries
public record Forecast(
        String revision,
        List<Move> moves,
        Map<String, Shortages> without,
        List<String> left,
        Map<String, String> waits) {
    public Forecast {
        moves = List.copyOf(moves);
        without = Copies.sorted(without);
        left = List.copyOf(left);
        waits = Copies.sorted(waits);
    }

    /// A copy that is somewhere else afterwards.
    ///
    /// @param title `job.group[index]`
    /// @param from a node; empty for one that was nowhere
    /// @param to a node; empty for one that ends
    /// @param step from 1: those of one step begin at once, when those of the steps before are over
    /// @param late whether it begins only at the deadline of the drain
    public record Move(String title, String from, String to, int step, boolean late) {}

    /// Of one job.
    public record Shortages(List<Shortage> groups) {
        public Shortages {
            groups = List.copyOf(groups);
        }
    }
}
