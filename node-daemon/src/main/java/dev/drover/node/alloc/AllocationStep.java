package dev.drover.node.alloc;

import dev.drover.manifests.wire.Assignment;

/// What is to be done about one allocation so that what is here is what should be.
public sealed interface AllocationStep {
    /// It is new here.
    record Begin(AllocationMemory allocation) implements AllocationStep {}

    /// It is here, and the server says something new about it.
    record Update(AllocationMemory allocation) implements AllocationStep {}

    /// It is not here, and must not be: nothing of it runs, which the server wants to hear.
    record Absent(Assignment assignment) implements AllocationStep {}

    /// Nobody wants it any more: it is stopped, and everything of it goes.
    record Remove(String id) implements AllocationStep {}

    /// The server has not said what it is. Nothing is done; the next whole set will tell.
    record Puzzle(Assignment assignment, String because) implements AllocationStep {}
}
