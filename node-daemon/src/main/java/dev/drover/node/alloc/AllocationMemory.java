package dev.drover.node.alloc;

import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import java.util.Optional;

/// What the server said last about an allocation, and the job it is of.
public record AllocationMemory(Assignment assignment, AssignedJob job) {
    /// The copy whose data it takes over: that which was in its place before, where its group's
    /// disk is sticky.
    Optional<String> heirOf() {
        boolean sticks =
                job.spec()
                        .group(assignment.spec().group())
                        .flatMap(TaskGroup::ephemeralDisk)
                        .filter(disk -> disk.sticky().orElse(false) || disk.migrate().orElse(false))
                        .isPresent();
        return sticks ? assignment.spec().previous() : Optional.empty();
    }

    /// Its id.
    public String id() {
        return assignment.id();
    }
}
