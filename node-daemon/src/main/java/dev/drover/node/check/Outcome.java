package dev.drover.node.check;

import dev.drover.manifests.model.CheckStatus;

/// What came of carrying out a check once.
///
/// @param output for people
public record Outcome(CheckStatus status, String output) {
    /// Enough for an error page's first words, little enough for a million allocations.
    static final int OUTPUT_MAX = 512;

    public Outcome {
        if (output.length() > OUTPUT_MAX) {
            output = output.substring(0, OUTPUT_MAX - 1) + "…";
        }
    }

    static Outcome passing(String output) {
        return new Outcome(CheckStatus.PASSING, output);
    }

    static Outcome warning(String output) {
        return new Outcome(CheckStatus.WARNING, output);
    }

    static Outcome critical(String output) {
        return new Outcome(CheckStatus.CRITICAL, output);
    }
}
