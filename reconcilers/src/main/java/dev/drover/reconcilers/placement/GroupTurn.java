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
/// @param held what the restart loop will do about each copy that failed and holds its slot
/// @param after the group's copies as they are once the turn is written
record GroupTurn(
        String name,
        int desired,
        AllocationPlan plan,
        List<Held> held,
        Placing placing,
        List<Allocation> after) {
    /// A copy that failed, and what becomes of its slot.
    record Held(Allocation copy, RestartStep step) {}

    /// What became of the missing copies.
    ///
    /// @param placed those that got a place
    /// @param more how many are left for the next part of this decision
    /// @param unplaced those without a place, and why
    record Placing(List<Allocation> placed, int more, Optional<Unplaced> unplaced) {
        Placing {
            placed = List.copyOf(placed);
        }
    }

    GroupTurn {
        held = List.copyOf(held);
        after = List.copyOf(after);
    }

    /// Copies that are wanted and have no place.
    int queued() {
        return placing.more + placing.unplaced.map(Unplaced::count).orElse(0);
    }
}
