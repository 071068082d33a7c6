package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Unplaced;
import dev.drover.reconcilers.counting.AllocationPlan;
import dev.drover.reconcilers.restart.RestartStep;
import java.util.List;
import java.util.Optional;

/// What one turn decided about one group.
///
/// @param desired how many copies are wanted
/// @param plan what was counted
/// @param heldSteps what the restart loop will do about each held copy, in the plan's order
/// @param placed the copies that got a place
/// @param more how many copies are left for the next part of this decision
/// @param unplaced copies without a place, and why
/// @param after the group's copies as they are once the turn is written
record GroupTurn(
        String name,
        int desired,
        AllocationPlan plan,
        List<RestartStep> heldSteps,
        List<Allocation> placed,
        int more,
        Optional<Unplaced> unplaced,
        List<Allocation> after) {
    GroupTurn {
        heldSteps = List.copyOf(heldSteps);
        placed = List.copyOf(placed);
        after = List.copyOf(after);
    }

    /// Copies that are wanted and have no place.
    int queued() {
        return more + unplaced.map(Unplaced::count).orElse(0);
    }

    /// Whether something is written for it.
    boolean acts() {
        return !placed.isEmpty() || !plan.stops().isEmpty() || !plan.inPlace().isEmpty();
    }
}
