package dev.drover.controller.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Model.OptionSpec;

/// How people say a past moment: a revision, a time, or how long ago.
final class Moment {
    private Moment() {}

    static OptionSpec option(String description) {
        return Options.text("REVISION|TIME", description, "--at");
    }

    /// As the server reads it: a revision, or a time in ISO 8601.
    ///
    /// @throws CommandFailure when the text is no moment
    static String read(String text, Instant now) throws CommandFailure {
        if (text.matches("[0-9]{1,18}")) {
            return text;
        }
        return time(text, now).toString();
    }

    /// A time, or how long ago.
    ///
    /// @throws CommandFailure when the text is neither
    static Instant time(String text, Instant now) throws CommandFailure {
        try {
            return text.matches("[0-9]+[dhms].*")
                    ? now.minus(ago(text))
                    : Instant.parse(text.toUpperCase(Locale.ROOT));
        } catch (DateTimeException | ArithmeticException e) {
            throw new CommandFailure(
                    "\"" + text + "\" is no moment",
                    "it is neither a time nor how long ago",
                    "write 2026-11-24T18:45:00Z or 2h30m");
        }
    }

    private static Duration ago(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        int days = upper.indexOf('D') + 1;
        String rest = upper.substring(days);
        return Duration.parse("P" + upper.substring(0, days) + (rest.isEmpty() ? "" : "T" + rest));
    }
}
