package dev.drover.node.alloc;

/// What one task of an allocation does because of the others.
sealed interface OrderStep {
    /// Whose step it is.
    String task();

    /// It may start now.
    record Begin(String task) implements OrderStep {}

    /// It ends, because `sibling` has failed.
    record SiblingFailed(String task, String sibling) implements OrderStep {}

    /// It ends with the leader of the group.
    record LeaderDead(String task) implements OrderStep {}

    /// It served the main tasks, and they have ended.
    record MainDead(String task) implements OrderStep {}
}
