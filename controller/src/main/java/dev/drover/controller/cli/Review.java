package dev.drover.controller.cli;

import picocli.CommandLine.Model.OptionSpec;

/// How differences are shown.
enum Review {
    /// For a terminal.
    TEXT,
    /// For programs.
    JSON,
    /// For a review: a table in a comment on a change.
    MARKDOWN;

    static OptionSpec option() {
        return Options.text(
                "FORMAT", "text (the default), json, or markdown for a review.", "-o", "--output");
    }

    /// The form that was asked for.
    static Review of(Invocation invocation) throws CommandFailure {
        String word = invocation.text("--output").orElse("text");
        return switch (word) {
            case "text" -> TEXT;
            case "json" -> JSON;
            case "markdown" -> MARKDOWN;
            default ->
                    throw new CommandFailure(
                            "unknown output format '" + word + "'",
                            "-o knows text, json and markdown here",
                            "use one of these");
        };
    }
}
