package dev.drover.controller.bench;

import java.util.Locale;

/// One line of a benchmark's table: what was measured against what it should be.
///
/// @param bar the most it should be
record Row(String name, double value, String unit, double bar) {
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s\t%.1f\t%s\t%.1f\t%s",
                name,
                value,
                unit,
                bar,
                value <= bar ? "ok" : "short");
    }
}
