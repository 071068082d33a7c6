package dev.drover.reconcilers.counting;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.JobType;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// Everything that counting may look at for one group.
///
/// @param type of the job: what a slot is, and whether a copy that succeeded is done
/// @param wanted every slot that should hold a copy, in their order
/// @param rollout how far an update may go
/// @param absent what becomes of a slot whose copy is on a silent node
/// @param heard whether the node of an allocation is heard
/// @param allocations of this group in the job's present life, terminal ones too
/// @param effect what the wanted version does to an allocation; `NONE` when it is of that version
public record GroupView(
        JobType type,
        List<Slot> wanted,
        Rollout rollout,
        Absent absent,
        Predicate<Allocation> heard,
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

    /// Takes copies of the lists.
    public GroupView {
        wanted = List.copyOf(wanted);
        allocations = List.copyOf(allocations);
    }

    /// Whether the slot should hold a copy.
    boolean wants(Slot slot) {
        return Collections.binarySearch(wanted, slot) >= 0;
    }

    /// Whether a copy that succeeded is done and not to be replaced.
    boolean runsToEnd() {
        return type.ends();
    }

    /// Whether every slot is a node of its own.
    boolean everywhere() {
        return type.everywhere();
    }

    /// The slots 0 to `count` - 1.
    public static List<Slot> slots(int count) {
        return IntStream.range(0, count).mapToObj(Slot::of).toList();
    }
}
