package dev.drover.reconcilers.counting;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.JobType;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/// Everything that counting may look at for one group.
///
/// @param type of the job: what a slot is, and whether a copy that succeeded is done
/// @param wanted every slot that should hold a copy
/// @param rollout how far an update may go
/// @param absent what becomes of a slot whose copy is on a silent node
/// @param allocations of this group in the job's present life, terminal ones too
/// @param effect what the wanted version does to an allocation; `NONE` when it is of that version
public record GroupView(
        JobType type,
        SortedSet<Slot> wanted,
        Rollout rollout,
        Absent absent,
        List<Allocation> allocations,
        Function<Allocation, Effect> effect) {
    /// What becomes of a slot whose copy is on a silent node and may come back.
    ///
    /// @param replace whether another copy takes its place meanwhile
    /// @param keep which of the two stays once both run
    public record Absent(boolean replace, Keep keep) {
        /// Its slot is held for it, as long as somebody believes that it comes back.
        public static final Absent WAITED_FOR = new Absent(false, Keep.REPLACEMENT);
    }

    /// Which of two copies stays when a node comes back.
    public enum Keep {
        /// The one that was there first, as long as it runs.
        ORIGINAL,
        /// The one that took its place.
        REPLACEMENT,
        /// The one that runs for longer.
        LONGEST_RUNNING,
        /// The one on the better node; whoever asks knows no scores keeps the first one.
        BEST
    }

    /// Takes a copy of the list.
    public GroupView {
        allocations = List.copyOf(allocations);
    }

    /// Whether a copy that succeeded is done and not to be replaced.
    boolean runsToEnd() {
        return type == JobType.BATCH || type == JobType.SYSBATCH;
    }

    /// Whether every slot is a node of its own.
    boolean everywhere() {
        return type == JobType.SYSTEM || type == JobType.SYSBATCH;
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
