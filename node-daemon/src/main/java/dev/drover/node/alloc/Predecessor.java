package dev.drover.node.alloc;

/// Where the copy is whose data an allocation waits for.
sealed interface Predecessor {
    /// On this node, and it has not ended.
    record Here(AllocationRunner runner) implements Predecessor {}

    /// On another node, from which its data is fetched once it has ended.
    record Elsewhere(String id) implements Predecessor {}
}
