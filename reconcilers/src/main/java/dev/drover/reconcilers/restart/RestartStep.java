package dev.drover.reconcilers.restart;

import java.time.Instant;

/// What becomes of the slot of a failed copy.
public sealed interface RestartStep {
    /// Why, for people.
    String because();

    /// Another copy may take the slot now.
    record Replace(String because) implements RestartStep {}

    /// Another copy may take the slot at that time.
    record Wait(Instant until, String because) implements RestartStep {}

    /// The slot stays as it is until the job changes.
    record GiveUp(String because) implements RestartStep {}
}
