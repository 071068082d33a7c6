package dev.drover.reconcilers.counting;

import dev.drover.manifests.model.Allocation;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// Everything that counting may look at for one group.
///
/// @param runsToEnd whether a copy that succeeded is done (batch) and not to be replaced
/// @param wanted every slot that should hold a copy
/// @param maxParallel how many slots may be out of service at once for the sake of an update; 0 for
///   no limit
/// @param allocations of this group in the job's present life, terminal ones too
/// @param slot which slot an allocation is in
/// @param effect what the wanted version does to an allocation; `NONE` when it is of that version
public record GroupView(
        boolean runsToEnd,
        SortedSet<Slot> wanted,
        int maxParallel,
        List<Allocation> allocations,
        Function<Allocation, Slot> slot,
        Function<Allocation, Effect> effect) {
    /// Takes a copy of the list.
    public GroupView {
        allocations = List.copyOf(allocations);
    }

    /// The slots 0 to `count` - 1.
    public static SortedSet<Slot> slots(int count) {
        SortedSet<Slot> slots = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            slots.add(Slot.of(i));
        }
        return slots;
    }
}
