package dev.drover.reconcilers.counting;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import java.util.ArrayList;
import java.util.Comparator;
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
/// last copy complete (batch)             done
/// last copy failed, same version         held: the restart loop decides
/// last copy failed, outdated             missing
/// live, older version                    in place, or outdated: stopped as far as maxParallel lets
/// live, wanted version                   settled once it runs and is not unhealthy
/// ```
///
/// @param missing slots to fill, in their order
/// @param stops allocations to stop: surplus and outdated ones
/// @param inPlace allocations to carry over to the wanted version as they run
/// @param held slots whose copy failed and was not given up by the restart loop
/// @param waiting outdated copies that `maxParallel` holds back for now
/// @param settling slots of the wanted version that do not run yet, and those that wait for a copy
///   to stop
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
    public record Missing(Slot slot, int attempt, Optional<Allocation> previous) {}

    /// A copy to stop.
    public record Stop(Allocation allocation, String because) {}

    /// Takes copies of the lists.
    public AllocationPlan {
        missing = List.copyOf(missing);
        stops = List.copyOf(stops);
        inPlace = List.copyOf(inPlace);
        held = List.copyOf(held);
    }

    /// Wanted against existing.
    public static AllocationPlan of(GroupView view) {
        Map<Slot, List<Allocation>> bySlot = Slot.newestFirst(view.allocations(), view.slot());
        Count count = new Count(view);
        for (Slot slot : view.wanted()) {
            count.wanted(slot, bySlot.getOrDefault(slot, List.of()));
        }
        bySlot.forEach((slot, there) -> {
            if (!view.wanted().contains(slot)) {
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
                stops.add(new Stop(allocation, because));
            }
        }
        return stops;
    }

    /// One walk over the slots.
    private static final class Count {
        private final GroupView view;
        private final List<Missing> missing = new ArrayList<>();
        private final List<Stop> stops = new ArrayList<>();
        private final List<Allocation> inPlace = new ArrayList<>();
        private final List<Allocation> held = new ArrayList<>();
        private final List<Allocation> outdated = new ArrayList<>();
        private int settling;

        Count(GroupView view) {
            this.view = view;
        }

        void wanted(Slot slot, List<Allocation> newestFirst) {
            if (newestFirst.isEmpty()) {
                missing.add(new Missing(slot, 0, Optional.empty()));
                return;
            }
            stop(newestFirst.subList(1, newestFirst.size()), "a newer copy is in its slot");
            Allocation newest = newestFirst.getFirst();
            if (newestFirst.stream().skip(1).anyMatch(Allocation::occupies)) {
                settling++;
            } else if (newest.status().phase().terminal()) {
                over(slot, newest);
            } else if (newest.spec().desired() == DesiredState.RUN) {
                live(newest);
            } else {
                settling++;
            }
        }

        private void over(Slot slot, Allocation newest) {
            boolean mayStay =
                    newest.spec().desired() == DesiredState.RUN
                            && view.effect().apply(newest) != Effect.REPLACE;
            if (mayStay && newest.status().phase() == AllocationPhase.FAILED) {
                held.add(newest);
            } else if (!mayStay
                    || newest.status().phase() != AllocationPhase.COMPLETE
                    || !view.runsToEnd()) {
                missing.add(new Missing(slot, newest.spec().attempt() + 1, Optional.of(newest)));
            }
        }

        private void live(Allocation newest) {
            switch (view.effect().apply(newest)) {
                case NONE -> {}
                case IN_PLACE -> inPlace.add(newest);
                case REPLACE -> {
                    outdated.add(newest);
                    return;
                }
            }
            if (!serves(newest)) {
                settling++;
            }
        }

        private static boolean serves(Allocation copy) {
            return copy.status().phase() == AllocationPhase.RUNNING
                    && copy.status().healthy().orElse(true);
        }

        void stop(List<Allocation> allocations, String because) {
            for (Allocation allocation : allocations) {
                if (allocation.live()) {
                    stops.add(new Stop(allocation, because));
                }
            }
        }

        AllocationPlan done() {
            long replacing = missing.stream().filter(m -> m.previous().isPresent()).count();
            long out = settling + held.size() + replacing;
            long may = view.maxParallel() == 0 ? outdated.size() : view.maxParallel() - out;
            int now = Math.clamp(may, 0, outdated.size());
            outdated.stream()
                    .sorted(Comparator.comparing(Count::serves)) // who does not serve is no loss
                    .limit(now)
                    .forEach(old -> stops.add(new Stop(old, "a newer version replaces it")));
            return new AllocationPlan(
                    missing, stops, inPlace, held, outdated.size() - now, settling);
        }
    }
}
