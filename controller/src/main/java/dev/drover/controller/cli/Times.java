package dev.drover.controller.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// How points in time read.
final class Times {
    private Times() {}

    /// To the second, in UTC: `2026-11-24T18:45:12Z`.
    static String stamp(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// The same, or `N/A`.
    static String stamp(Optional<Instant> time) {
        return time.map(Times::stamp).orElse("N/A");
    }

    /// How long ago, in the two largest units that matter: `7s ago`, `2m20s ago`, `3d4h ago`.
    static String ago(Optional<Instant> time, Instant now) {
        return time.map(then -> span(Duration.between(then, now)) + " ago").orElse("N/A");
    }

    /// A length of time in its two largest units; 0 for a negative one (clocks differ).
    static String span(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "m", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "m");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    private static String two(long large, String largeUnit, long small, String smallUnit) {
        return large + largeUnit + (small == 0 ? "" : small + smallUnit);
    }
}
