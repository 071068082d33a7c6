package dev.drover.reconcilers.counting;

/// What a change of a job's spec does to an allocation that runs.
public enum Effect {
    /// Nothing: it runs what is wanted.
    NONE,
    /// It runs on under the new version.
    IN_PLACE,
    /// It is stopped, and another one takes its slot.
    REPLACE
}
