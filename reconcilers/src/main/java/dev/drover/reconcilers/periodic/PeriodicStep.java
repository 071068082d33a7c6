package dev.drover.reconcilers.periodic;

import java.time.Instant;
import java.util.Optional;

/// What the clock calls for.
public sealed interface PeriodicStep {
    /// Why, in a sentence.
    String because();

    /// When to look again; empty when it never comes again.
    Optional<Instant> next();

    /// A launch.
    ///
    /// @param time for which it is: its name
    record Launch(Instant time, Optional<Instant> next, String because) implements PeriodicStep {}

    /// No launch for what was due, and the next one counts from now.
    record Pass(Optional<Instant> next, String because) implements PeriodicStep {}

    /// Nothing yet.
    record Wait(Optional<Instant> next, String because) implements PeriodicStep {}
}
