package dev.drover.reconcilers.restart;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.ReschedulePolicy;
import dev.drover.reconcilers.counting.Slot;
import java.util.List;
import java.util.Optional;

/// Everything that may matter for the replacement of one failed copy.
///
/// @param policy absent for jobs that are not rescheduled (system jobs)
/// @param failed the copy that held its slot last
/// @param before the others of the slot and its version that are over, newest first, as far as they
///   are kept: who runs another version begins anew
public record RestartView(
        Optional<ReschedulePolicy> policy, Allocation failed, List<Allocation> before) {
    /// Takes a copy of the list.
    public RestartView {
        before = List.copyOf(before);
    }

    /// The view of a slot whose last copy failed.
    ///
    /// @param lane one of the slot's lanes, newest first
    public static RestartView of(Optional<ReschedulePolicy> policy, List<Allocation> lane) {
        Allocation last = Slot.last(lane);
        return new RestartView(
                policy,
                last,
                lane.stream()
                        .filter(copy -> !copy.equals(last))
                        .filter(copy -> copy.status().phase().terminal())
                        .filter(copy -> copy.spec().jobVersion() == last.spec().jobVersion())
                        .toList());
    }
}
