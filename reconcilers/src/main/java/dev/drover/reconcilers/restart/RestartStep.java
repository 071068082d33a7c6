package dev.drover.reconcilers.restart;

import java.time.Instant;

/// What becomes of the slot of a failed copy.
public sealed interface RestartStep {
    /// Why, for people.
    String because();

    /// Another copy may take the slot now.
    record Replace(String because) implements RestartStep {}

    /// Another copy may take the slot at that time.
    ///
    /// @param failures how many copies failed in a row
    record Wait(Instant until, int failures, String because) implements RestartStep {
        /// Failures in a row that are no accident any more.
        private static final int LOOP = 3;

        /// Whether it fails again and again.
        public boolean loops() {
            return failures >= LOOP;
        }
    }

    /// The slot stays as it is until the job changes.
    record GiveUp(String because) implements RestartStep {}
}
