package dev.drover.controller.bench;

import java.util.Locale;

/// One line of a benchmark's table: what was measured against what it should be.
///
/// @param bar the most it should be, or the least
/// @param least which of the two
record Row(String name, double value, String unit, double bar, boolean least) {
    /// One that should be at most so much.
    Row(String name, double value, String unit, double bar) {
        this(name, value, unit, bar, false);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s\t%.1f\t%s\t%.1f\t%s",
                name,
                value,
                unit,
                bar,
                (least ? value >= bar : value <= bar) ? "ok" : "short");
    }
}
