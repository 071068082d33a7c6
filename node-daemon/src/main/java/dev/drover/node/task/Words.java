package dev.drover.node.task;

import dev.drover.manifests.model.Exit;
import java.time.Duration;

/// How durations and exits are said to people.
public final class Words {
    /// What people are told of a mistake that is not theirs.
    public static final String MISTAKE = "a mistake of the node: its log says more";

    private static final int SIGNAL_BASE = 128;

    private Words() {}

    /// `1h30m0s`, `15s`, `200ms`.
    public static String of(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + "ms";
        }
        long hours = duration.toHours();
        int minutes = duration.toMinutesPart();
        String seconds =
                duration.toMillisPart() == 0
                        ? duration.toSecondsPart() + "s"
                        : duration.toSecondsPart() + "." + tenths(duration) + "s";
        if (hours > 0) {
            return hours + "h" + minutes + "m" + seconds;
        }
        return minutes > 0 ? minutes + "m" + seconds : seconds;
    }

    private static String tenths(Duration duration) {
        return "%03d".formatted(duration.toMillisPart()).replaceAll("0+$", "");
    }

    /// `Exit Code: 1`, as in the event of the end.
    public static String of(Exit exit) {
        return switch (exit) {
            case Exit.Code(int code) -> "Exit Code: " + code;
            case Exit.Signal(int number) ->
                    "Exit Code: " + (SIGNAL_BASE + number) + ", Signal: " + number;
            case Exit.OutOfMemory() -> "Exit Code: 137, Signal: 9, Exit Message: \"out of memory\"";
            case Exit.Unseen(String because) ->
                    "Exit Code: unknown, Exit Message: \"" + because + "\"";
        };
    }
}
