package dev.drover.reconcilers.constraint;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares what may have a unit: `11 GiB` is more than `4096 MiB`.
public final class Quantity {
    private static final Pattern FORM = Pattern.compile("(-?[0-9]+(?:\\.[0-9]+)?) *([A-Za-z/]+)");

    private record Unit(String of, double factor) {}

    private static final Map<String, Unit> UNITS =
            Map.ofEntries(
                    Map.entry("B", new Unit("byte", 1)),
                    Map.entry("kB", new Unit("byte", 1e3)),
                    Map.entry("KB", new Unit("byte", 1e3)),
                    Map.entry("MB", new Unit("byte", 1e6)),
                    Map.entry("GB", new Unit("byte", 1e9)),
                    Map.entry("TB", new Unit("byte", 1e12)),
                    Map.entry("KiB", new Unit("byte", 0x1p10)),
                    Map.entry("MiB", new Unit("byte", 0x1p20)),
                    Map.entry("GiB", new Unit("byte", 0x1p30)),
                    Map.entry("TiB", new Unit("byte", 0x1p40)),
                    Map.entry("B/s", new Unit("byte/s", 1)),
                    Map.entry("MB/s", new Unit("byte/s", 1e6)),
                    Map.entry("GB/s", new Unit("byte/s", 1e9)),
                    Map.entry("MiB/s", new Unit("byte/s", 0x1p20)),
                    Map.entry("GiB/s", new Unit("byte/s", 0x1p30)),
                    Map.entry("MHz", new Unit("hertz", 1e6)),
                    Map.entry("GHz", new Unit("hertz", 1e9)),
                    Map.entry("mW", new Unit("watt", 1e-3)),
                    Map.entry("W", new Unit("watt", 1)),
                    Map.entry("kW", new Unit("watt", 1e3)));

    private Quantity() {}

    /// Whether `left operator right` holds, in the same unit where both have one of the same kind;
    /// else as [Operators] say.
    public static boolean hold(String operator, Optional<String> left, Optional<String> right) {
        Optional<Unit> one = left.flatMap(Quantity::read);
        Optional<Unit> other = right.flatMap(Quantity::read);
        boolean alike = one.isPresent() && other.isPresent() && one.get().of.equals(other.get().of);
        return alike
                ? Operators.hold(
                        operator,
                        Optional.of(Double.toString(one.get().factor)),
                        Optional.of(Double.toString(other.get().factor)))
                : Operators.hold(operator, left, right);
    }

    /// So many of the unit's smallest.
    private static Optional<Unit> read(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.ofNullable(UNITS.get(form.group(2)))
                        .map(unit ->
                                new Unit(unit.of, Double.parseDouble(form.group(1)) * unit.factor))
                : Optional.empty();
    }
}
