package dev.drover.node.driver;

import java.util.List;

/// What came of asking for a run.
public sealed interface Start {
    /// It runs, or has run.
    ///
    /// @param warnings what its config asks for without effect
    record Started(Running task, List<String> warnings) implements Start {
        /// Takes a copy.
        public Started {
            warnings = List.copyOf(warnings);
        }

        /// With every wish fulfilled.
        public Started(Running task) {
            this(task, List.of());
        }
    }

    /// It cannot run as it is written: trying again changes nothing.
    record Refused(String because) implements Start {}

    /// This machine has too little of something just now, and nothing of the run was started.
    record Lacking(String because) implements Start {}

    /// What these words of a failure mean.
    static Start failed(String because) {
        return Shortage.in(because) ? new Lacking(because) : new Refused(because);
    }
}
