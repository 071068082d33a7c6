package dev.drover.controller.cli;

import java.util.List;
import java.util.Locale;

/// How numbers of bytes read.
final class Sizes {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");

    private Sizes() {}

    /// In the largest unit that it is at least one of: `279 B`, `4.0 KiB`.
    static String of(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.size() - 1) {
            size /= 1024;
            unit++;
        }
        return unit == 0
                ? bytes + " B"
                : String.format(Locale.ROOT, "%.1f %s", size, UNITS.get(unit));
    }

    /// Of one core: `12.5 %`, and `250.0 %` of two and a half.
    static String percent(int permille) {
        return String.format(Locale.ROOT, "%.1f %%", permille / 10.0);
    }
}
