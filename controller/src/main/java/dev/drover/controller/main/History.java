package dev.drover.controller.main;

import dev.drover.controller.cli.CommandFailure;
import dev.drover.controller.cli.Options;
import dev.drover.controller.cli.Sizes;
import dev.drover.manifests.shape.Durations;
import dev.drover.store.durable.Retention;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;

/// How much of the past a server remembers, as it is typed.
final class History {
    static final String AGE = "--history-age";
    static final String BYTES = "--history-bytes";

    /// What a busy cluster writes in moments.
    private static final long BYTES_MIN = 1L << 20;

    private History() {}

    // In words: a command that only helps is started without the store's classes.

    static OptionSpec ageOption() {
        return Options.text("TIME", "How far back changes are remembered (default 168h).", AGE);
    }

    static OptionSpec bytesOption() {
        return Options.text(
                "SIZE",
                "How many bytes of changes are remembered (default 2.0 GiB);"
                        + " the last 5 minutes and 100,000 changes always are.",
                BYTES);
    }

    /// What the two options say; [Retention#STANDARD] where they say nothing.
    static Retention of(Optional<String> age, Optional<String> bytes) throws CommandFailure {
        Retention kept = Retention.STANDARD;
        if (age.isPresent()) {
            kept = kept.withMaxAge(age(age.get()));
        }
        return bytes.isPresent() ? kept.withMaxBytes(bytes(bytes.get())) : kept;
    }

    private static Duration age(String typed) throws CommandFailure {
        return Durations.parse(typed)
                .filter(age -> age.compareTo(Retention.STANDARD.minAge()) >= 0)
                .orElseThrow(() ->
                        new CommandFailure(
                                AGE + " " + typed + " is not a time of 5m or more",
                                "watches and pages are under way in the last five minutes",
                                "write 24h or 720h"));
    }

    private static long bytes(String typed) throws CommandFailure {
        return Sizes.parse(typed)
                .filter(size -> size >= BYTES_MIN)
                .orElseThrow(() ->
                        new CommandFailure(
                                BYTES + " " + typed + " is not a size of 1MiB or more",
                                "a busy cluster writes that in moments",
                                "write 512MiB or 4GiB"));
    }
}
