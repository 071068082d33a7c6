package dev.drover.reconcilers.restart;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.ReschedulePolicy;
import java.util.List;
import java.util.Optional;

/// Everything that may matter for the replacement of one failed copy.
///
/// @param policy absent for jobs that are not rescheduled (system jobs)
/// @param failed the newest copy of its slot
/// @param before the copies of the slot that failed before it, newest first, as far as they are
///   kept
public record RestartView(
        Optional<ReschedulePolicy> policy, Allocation failed, List<Allocation> before) {
    /// Takes a copy of the list.
    public RestartView {
        before = List.copyOf(before);
    }

    /// The view of a slot whose newest copy failed.
    ///
    /// @param newestFirst the copies of one of the slot's lanes
    public static RestartView of(Optional<ReschedulePolicy> policy, List<Allocation> newestFirst) {
        return new RestartView(
                policy,
                newestFirst.getFirst(),
                newestFirst.stream()
                        .skip(1)
                        .filter(copy -> copy.status().phase() == AllocationPhase.FAILED)
                        .toList());
    }
}
