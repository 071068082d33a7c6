package dev.drover.node.task;

/// Why a run was ended by us, though not for good. It is written down before the run is told: the
/// daemon that sees its end may be another one, and the code that it ends with says nothing.
public record Interruption(Kind kind, String because) {
    /// What was found.
    public enum Kind {
        /// Another run is to begin with what is new.
        RENEWED,
        /// It did not work.
        UNWELL,
        /// It can never work as it is written.
        REFUSED
    }

    /// How that run came to its end.
    Ending ending() {
        return switch (kind) {
            case RENEWED -> new Ending.Renewed(because);
            case UNWELL -> new Ending.Unwell(because);
            case REFUSED -> new Ending.Refused(because);
        };
    }
}
