package dev.drover.node.alloc;

import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;

/// What the server said last about an allocation, and the job it is of.
public record AllocationMemory(Assignment assignment, AssignedJob job) {
    /// Its id.
    public String id() {
        return assignment.id();
    }
}
