package dev.drover.node.driver;

/// What was found of a run.
public sealed interface Recovery {
    /// It was started. Whether it still runs is the task's answer.
    record Found(Running task) implements Recovery {}

    /// It was not, and never will be: the next start is another run.
    record NeverStarted() implements Recovery {}
}
