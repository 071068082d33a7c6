package dev.drover.node.supervision;

/// What a daemon finds where an earlier one may have started a run.
public sealed interface Adoption {
    /// It was started, and runs or has ended.
    record Adopted(Supervised run) implements Adoption {}

    /// It was not, and from now on cannot be: the run is used up.
    record NeverStarted() implements Adoption {}
}
