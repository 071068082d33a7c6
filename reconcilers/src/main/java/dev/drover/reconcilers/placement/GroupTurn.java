package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Unplaced;
import dev.drover.reconcilers.counting.AllocationPlan;
import dev.drover.reconcilers.restart.RestartStep;
import java.util.BitSet;
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
    /// @param nodes the numbers of the nodes where they are
    /// @param more how many are left for the next part of this decision
    /// @param unplaced those without a place, and why
    /// @param victims copies of other jobs that are to leave for them
    /// @param vain whether some have no place whoever leaves
    record Placing(
            List<Allocation> placed,
            BitSet nodes,
            int more,
            Optional<Unplaced> unplaced,
            List<Allocation> victims,
            boolean vain) {
        Placing {
            placed = List.copyOf(placed);
            nodes = (BitSet) nodes.clone();
            victims = List.copyOf(victims);
        }
    }

    GroupTurn {
        held = List.copyOf(held);
        after = List.copyOf(after);
    }

    /// The same, its copies not placed after all: they wait until all of the job have a place.
    ///
    /// @param vain whether it would be in vain that others leave
    GroupTurn withoutPlaces(Room room, boolean vain) {
        for (Allocation copy : placing.placed) {
            int node = room.number(copy.spec().node()).orElseThrow();
            room.giveBack(node, copy.spec().granted());
        }
        int waiting = placing.placed.size();
        List<Allocation> before =
                after.stream().filter(copy -> !placing.placed.contains(copy)).toList();
        Optional<Unplaced> all =
                placing.unplaced
                        .filter(_ -> !vain || placing.victims.isEmpty())
                        .map(some -> Refusals.allAtOnce(some, waiting))
                        .or(() ->
                                waiting + queued() == 0
                                        ? Optional.empty()
                                        : Optional.of(others(waiting + queued(), room)));
        List<Allocation> victims = vain ? List.of() : placing.victims;
        Placing none = new Placing(List.of(), new BitSet(), 0, all, victims, vain);
        return new GroupTurn(name, desired, plan, held, none, before);
    }

    private static Unplaced others(int waiting, Room room) {
        String reason = "all_at_once: not every copy of the job has a place";
        return new Unplaced(waiting, room.size(), List.of(Refusals.ofTheJob(reason)));
    }

    /// Copies that are wanted and have no place.
    int queued() {
        return placing.more + placing.unplaced.map(Unplaced::count).orElse(0);
    }
}
