package dev.drover.node.jail;

import java.util.List;

/// What came of a task's request for a jail.
public sealed interface Mapped {
    /// It can be built.
    ///
    /// @param warnings what was asked for and has no effect
    record Accepted(JailSpec spec, List<String> warnings) implements Mapped {
        /// Takes a copy.
        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }

    /// It cannot, for all of these reasons.
    record Refused(List<String> because) implements Mapped {
        /// Takes a copy.
        public Refused {
            because = List.copyOf(because);
        }
    }
}
