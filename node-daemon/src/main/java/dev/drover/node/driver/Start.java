package dev.drover.node.driver;

/// What came of asking for a run.
public sealed interface Start {
    /// It runs, or has run.
    record Started(Running task) implements Start {}

    /// It cannot run as it is written: trying again changes nothing.
    record Refused(String because) implements Start {}
}
