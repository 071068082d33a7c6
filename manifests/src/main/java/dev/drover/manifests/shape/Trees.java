package dev.drover.manifests.shape;

import dev.drover.manifests.tree.Tree;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What problems say about pieces of a tree.
final class Trees {

    private static final Pattern DECIMAL =
            Pattern.compile("[+-]?\\d{1,400}(\\.\\d{1,400})?([eE][+-]?\\d{1,3})?");

    private static final Pattern SPELT_OUT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([A-Za-z]+)");

    private static final Map<String, String> UNITS =
            Map.ofEntries(
                    Map.entry("s", "s"),
                    Map.entry("sec", "s"),
                    Map.entry("secs", "s"),
                    Map.entry("second", "s"),
                    Map.entry("seconds", "s"),
                    Map.entry("m", "m"),
                    Map.entry("min", "m"),
                    Map.entry("mins", "m"),
                    Map.entry("minute", "m"),
                    Map.entry("minutes", "m"),
                    Map.entry("h", "h"),
                    Map.entry("hour", "h"),
                    Map.entry("hours", "h"));

    private Trees() {}

    static String kind(Tree tree) {
        return switch (tree) {
            case Tree.Text(_, String text) -> text.length() <= 40 ? "\"" + text + "\"" : "text";
            case Tree.Num number -> "the number " + number.plain();
            case Tree.Flag(_, boolean flag) -> Boolean.toString(flag);
            case Tree.Nothing _ -> "null";
            case Tree.Listing _ -> "a list";
            case Tree.Block _ -> "fields";
        };
    }

    static Optional<BigDecimal> number(String text) {
        return DECIMAL.matcher(text).matches()
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }

    /// How a single value would look as a list.
    static String asList(Tree tree, Dialect dialect) {
        String item = tree instanceof Tree.Text(_, String text) ? "\"" + text + "\"" : "…";
        return dialect == Dialect.HCL ? "[" + item + "]" : "a list: [" + item + "]";
    }

    /// A correct duration near to what was written.
    static String durationFix(String text) {
        Matcher spelt = SPELT_OUT.matcher(text.strip());
        String unit = spelt.matches() ? UNITS.get(spelt.group(2).toLowerCase(Locale.ROOT)) : null;
        if (unit != null) {
            return "write \"" + spelt.group(1) + unit + "\"";
        }
        return "write a number and a unit: \"30s\", \"5m\", \"1h30m\", \"500ms\"";
    }

    /// The label or name of an item, for problems.
    static String label(Tree item) {
        if (!(item instanceof Tree.Block block)) {
            return "";
        }
        if (!block.labels().isEmpty()) {
            return block.labels().getFirst().text();
        }
        return Stream.of("name", "label")
                .flatMap(name -> block.field(name).stream())
                .map(field -> field.value() instanceof Tree.Text(_, String text) ? text : "")
                .findFirst()
                .orElse("");
    }
}
