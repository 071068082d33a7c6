package dev.drover.reconcilers.counting;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DesiredState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a group needs so that every wanted slot holds one copy of the wanted version.
///
/// ```text
/// a wanted slot                          is
/// empty, or its last copy was            missing
///   stopped and is over, lost, or (service) complete
/// last copy stops                        waited for: two never share a slot
/// last copy complete (batch), also by    done
///   itself while it was told to stop,
///   or an earlier one of the version
/// last copy failed, same version         held: the restart loop decides
/// last copy failed, outdated             missing
/// live, older version, and the copy      waited for
///   that follows it stops, or is
///   silent and may come back
/// live, older version                    in place, or outdated: replaced as far as the rollout lets
/// live, wanted version                   settled once it serves
/// on a silent node that may come back    replaced or waited for, as its group says
/// ```
///
/// Two live copies share a slot only where somebody wants it: a canary beside the copy it is to
/// take over from, a surge, and a copy that was replaced while its node was silent.
///
/// @param missing slots to fill, in their order
/// @param stops allocations to stop: surplus and outdated ones
/// @param inPlace allocations to carry over to the wanted version as they run
/// @param held copies that failed and were not given up by the restart loop
/// @param waiting slots that the rollout holds back for now
/// @param settling slots of the wanted version, also of copies carried over to it, that do not
///   serve yet, and those that wait for a copy to stop
public record AllocationPlan(
        List<Missing> missing,
        List<Stop> stops,
        List<Allocation> inPlace,
        List<Allocation> held,
        int waiting,
        int settling) {
    /// A slot to fill.
    ///
    /// @param attempt of the copy to make
    /// @param previous the copy that was there last
    /// @param earlier the older version that it is to be of, while the wanted one is not trusted
    /// @param canary whether it is tried beside another one
    public record Missing(
            Slot slot,
            int attempt,
            Optional<Allocation> previous,
            Optional<Integer> earlier,
            boolean canary) {}

    /// A copy to stop.
    ///
    /// @param stays the copy that makes it superfluous: it stops only while that one is as it was
    ///   seen
    public record Stop(Allocation allocation, String because, Optional<Allocation> stays) {}

    /// Takes copies of the lists.
    public AllocationPlan {
        missing = List.copyOf(missing);
        stops = List.copyOf(stops);
        inPlace = List.copyOf(inPlace);
        held = List.copyOf(held);
    }

    /// Wanted against existing.
    public static AllocationPlan of(GroupView view) {
        Map<Slot, List<Allocation>> bySlot =
                Slot.newestFirst(view.allocations(), Slot.slots(view.type()));
        Count count = new Count(view);
        int position = 0;
        for (Slot slot : view.wanted()) {
            count.wanted(slot, bySlot.getOrDefault(slot, List.of()), position++);
        }
        bySlot.forEach((slot, there) -> {
            if (!view.wants(slot)) {
                count.stop(there, "the job wants " + view.wanted().size() + " of its group");
            }
        });
        return count.done();
    }

    /// Nothing is wanted: every copy is to stop, and those that are over no longer hold their slot.
    public static List<Stop> ofNothing(Iterable<Allocation> allocations, String because) {
        List<Stop> stops = new ArrayList<>();
        for (Allocation allocation : allocations) {
            if (allocation.spec().desired() == DesiredState.RUN) {
                stops.add(new Stop(allocation, because, Optional.empty()));
            }
        }
        return stops;
    }
}
