package dev.drover.manifests.diff;

import dev.drover.manifests.model.Value;
import dev.drover.manifests.shape.Durations;
import dev.drover.manifests.tree.Made;
import dev.drover.manifests.tree.Position;
import dev.drover.manifests.tree.Tree;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Values as a diff shows them: short, and without secrets.
public final class Shown {
    private static final String HIDDEN = "<hidden>";
    private static final String OTHER = " (other)";

    /// Characters of one value; more is no help beside the field's name.
    private static final int LENGTH_MAX = 200;

    private static final String WORD =
            "pass(?:word|wd|phrase)?|pwd|secret|token|credential"
                    + "|(?:api|private|ssh|access|signing|encryption|master)[_-]?key";

    private static final Pattern SECRET = Pattern.compile(WORD + "|auth");

    /// Who may enter, written into an address: `https://user:password@host`.
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s\"@]+@");

    /// A secret in the middle of a text: `--token=…`, `password: "…"`, `Authorization: Bearer …`.
    private static final Pattern ASSIGNED =
            Pattern.compile(
                    "(?i)((?:"
                            + WORD
                            + "|authorization)[a-z_-]*[\"']?\\s*[=:]\\s*[\"']?"
                            + "(?:(?:bearer|basic|token)\\s+)?)[^\\s\"',;&{}]+");

    /// A key as files hold it.
    private static final Pattern KEY =
            Pattern.compile(
                    "(?s)-----BEGIN [A-Z ]*PRIVATE KEY-----.*?"
                            + "(?:-----END [A-Z ]*PRIVATE KEY-----|$)");

    /// What stands before the first difference of two long texts, for people to find the place.
    private static final int BEFORE = 40;

    private Shown() {}

    /// A secret, where everything else stands.
    private record Hidden() {}

    /// A changed, added or removed value. Of two long texts the part is shown where they differ;
    /// where what is shown is the same, since the difference is secret, the second says so.
    static Diff.Field field(String name, Optional<?> before, Optional<?> after, Effect effect) {
        return open(name, before.map(Shown::open), after.map(Shown::open), effect);
    }

    /// The same for a value that is not shown.
    static Diff.Field hidden(String name, Optional<?> before, Optional<?> after, Effect effect) {
        return open(name, before.map(_ -> new Hidden()), after.map(_ -> new Hidden()), effect);
    }

    private static Diff.Field open(
            String name, Optional<?> before, Optional<?> after, Effect effect) {
        Optional<String> old = before.map(Shown::text);
        Optional<String> now = after.map(Shown::text);
        int from = old.isPresent() && now.isPresent() ? from(old.get(), now.get()) : 0;
        Optional<Diff.Said> first = before.map(value -> said(cut(text(value), from), value));
        Optional<Diff.Said> second =
                after.map(value -> {
                    String text = cut(text(value), from);
                    boolean same = first.map(Diff.Said::text).equals(Optional.of(text));
                    return said(same ? text + OTHER : text, value);
                });
        return new Diff.Field(name, first, second, effect);
    }

    private static Diff.Said said(String text, Object open) {
        return new Diff.Said(text, tree(open), text(open).contains(HIDDEN));
    }

    private static int from(String before, String after) {
        if (before.length() <= LENGTH_MAX && after.length() <= LENGTH_MAX) {
            return 0;
        }
        int same = 0;
        int both = Math.min(before.length(), after.length());
        while (same < both && before.charAt(same) == after.charAt(same)) {
            same++;
        }
        return Math.max(0, same - BEFORE);
    }

    private static String cut(String text, int from) {
        int to = Math.min(text.length(), from + LENGTH_MAX);
        return (from > 0 ? "…" : "")
                + text.substring(Math.min(from, to), to)
                + (to < text.length() ? "…" : "");
    }

    /// Whether a value of that key is better not shown.
    public static boolean secret(String key) {
        return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
    }

    // ---- without secrets

    private static Object open(Object value) {
        return switch (value) {
            case String text -> open(text);
            case Value.Text(String text) -> open(text);
            case Value.Num(BigDecimal number) -> number;
            case Value.Bool(boolean flag) -> flag;
            case Value.Items(List<Value> items) -> open(items);
            case Value.Fields(Map<String, Value> fields) -> open(fields);
            case List<?> list -> open(list);
            case Map<?, ?> map -> open(map);
            default -> value;
        };
    }

    private static Map<String, Object> open(Map<?, ?> map) {
        Map<String, Object> open = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            String name = key.toString();
            open.put(name, secret(name) ? new Hidden() : open(value));
        });
        return open;
    }

    /// What follows an option such as `--token` is its value.
    private static List<Object> open(List<?> list) {
        List<Object> open = new ArrayList<>();
        boolean hidden = false;
        for (Object item : list) {
            open.add(hidden ? new Hidden() : open(item));
            hidden = isSecretOption(item);
        }
        return open;
    }

    private static boolean isSecretOption(Object item) {
        String text =
                switch (item) {
                    case String string -> string;
                    case Value.Text(String string) -> string;
                    default -> "";
                };
        return text.startsWith("-") && !text.contains("=") && secret(text);
    }

    private static String open(String text) {
        String withoutKeys = KEY.matcher(text).replaceAll(HIDDEN);
        String withoutUsers = USER_INFO.matcher(withoutKeys).replaceAll(HIDDEN + "@");
        return ASSIGNED.matcher(withoutUsers).replaceAll("$1" + HIDDEN);
    }

    // ---- for people

    private static String text(Object open) {
        return switch (open) {
            case String text -> quoted(text);
            case Hidden _ -> HIDDEN;
            case Duration duration -> Durations.text(duration);
            case Enum<?> word -> word(word);
            case BigDecimal number -> number.toPlainString();
            case Value.Nothing _ -> "null";
            case List<?> list ->
                    list.stream().map(Shown::text).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry -> entry.getKey() + " = " + text(entry.getValue()))
                            .collect(Collectors.joining(", ", "{", "}"));
            default -> open.toString(); // numbers and truths
        };
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    // ---- for programs

    private static Tree tree(Object open) {
        return switch (open) {
            case Hidden _ -> Made.text(HIDDEN);
            case Duration duration -> Made.text(Durations.text(duration));
            case Enum<?> word -> Made.text(word(word));
            case Boolean flag -> Made.flag(flag);
            case Number number -> new Tree.Num(Position.START, new BigDecimal(number.toString()));
            case Value.Nothing _ -> new Tree.Nothing(Position.START);
            case List<?> list -> Made.list(list.stream().map(Shown::tree).toList());
            case Map<?, ?> map ->
                    Made.block(
                            map.entrySet().stream()
                                    .map(entry ->
                                            Made.field(
                                                    entry.getKey().toString(),
                                                    tree(entry.getValue())))
                                    .toList());
            default -> Made.text(open.toString());
        };
    }
}
