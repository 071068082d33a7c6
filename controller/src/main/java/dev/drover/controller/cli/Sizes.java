package dev.drover.controller.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How numbers of bytes read.
public final class Sizes {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}) ?(B|[KMGT]iB)");

    private Sizes() {}

    /// In the largest unit that it is at least one of: `279 B`, `4.0 KiB`.
    public static String of(long bytes) {
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

    /// What a text says, in whole numbers of any unit of [#of]: `512 MiB`, `2GiB`. Empty when it
    /// says no size, or more than a long holds.
    public static Optional<Long> parse(String text) {
        Matcher size = SIZE.matcher(text.strip());
        if (!size.matches()) {
            return Optional.empty();
        }
        long unit = 1L << (10 * UNITS.indexOf(size.group(2)));
        long count = Long.parseLong(size.group(1));
        return count > Long.MAX_VALUE / unit ? Optional.empty() : Optional.of(count * unit);
    }

    /// Of one core: `12.5 %`, and `250.0 %` of two and a half.
    static String percent(int permille) {
        return String.format(Locale.ROOT, "%.1f %%", permille / 10.0);
    }
}
