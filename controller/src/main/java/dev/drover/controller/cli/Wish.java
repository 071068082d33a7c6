package dev.drover.controller.cli;

import dev.drover.manifests.model.Value;
import dev.drover.manifests.shape.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What people type, as values of a patch.
final class Wish {
    private Wish() {}

    static Value text(String text) {
        return new Value.Text(text);
    }

    static Value flag(boolean flag) {
        return new Value.Bool(flag);
    }

    static Value texts(List<String> texts) {
        return new Value.Items(texts.stream().map(Wish::text).toList());
    }

    static Value nothing() {
        return new Value.Nothing();
    }

    /// A length of time.
    static Duration duration(String typed, String option) throws CommandFailure {
        return Durations.parse(typed)
                .orElseThrow(() ->
                        new CommandFailure(
                                option + " " + typed + " is not a length of time",
                                "",
                                "write 30s, 10m or 1h30m"));
    }

    /// A moment, or how long from now.
    static Instant moment(String typed, String option, Instant now) throws CommandFailure {
        try {
            return Instant.parse(typed);
        } catch (DateTimeException _) {
            return Durations.parse(typed)
                    .map(length -> now.plus(length).truncatedTo(ChronoUnit.SECONDS))
                    .orElseThrow(() ->
                            new CommandFailure(
                                    option + " " + typed + " is no time",
                                    "",
                                    "write how long (2h) or when (2026-11-29T18:00:00Z)"));
        }
    }

    /// A count.
    static int count(String typed) throws CommandFailure {
        if (!typed.matches("[0-9]{1,7}")) {
            throw new CommandFailure(
                    "'" + typed + "' is not a count", "", "write a whole number of 0 or more");
        }
        return Integer.parseInt(typed);
    }
}
