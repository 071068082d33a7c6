package dev.drover.manifests.diff;

import dev.drover.manifests.model.Value;
import dev.drover.manifests.shape.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
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

    /// A changed, added or removed value. Of two long texts the part is shown where they differ;
    /// where what is shown is the same, since the difference is secret, the second says so.
    static Diff.Field field(String name, Optional<?> before, Optional<?> after, Effect effect) {
        Optional<String> old = before.map(Shown::full);
        Optional<String> now = after.map(Shown::full);
        if (old.isPresent() && now.isPresent()) {
            int from = from(old.get(), now.get());
            String first = cut(old.get(), from);
            String second = cut(now.get(), from);
            String other = first.equals(second) ? second + OTHER : second;
            return new Diff.Field(name, Optional.of(first), Optional.of(other), effect);
        }
        return new Diff.Field(
                name, old.map(text -> cut(text, 0)), now.map(text -> cut(text, 0)), effect);
    }

    /// The same for a value that is not shown.
    static Diff.Field hidden(String name, Optional<?> before, Optional<?> after, Effect effect) {
        return new Diff.Field(
                name,
                before.map(_ -> HIDDEN),
                after.map(_ -> before.isPresent() ? HIDDEN + OTHER : HIDDEN),
                effect);
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

    private static String full(Object value) {
        return switch (value) {
            case String string -> quoted(open(string));
            case Duration duration -> Durations.text(duration);
            case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
            case Value opaque -> opaque(opaque);
            case List<?> list -> list(list);
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(entry ->
                                    entry.getKey()
                                            + " = "
                                            + (secret(entry.getKey().toString())
                                                    ? HIDDEN
                                                    : full(entry.getValue())))
                            .collect(Collectors.joining(", ", "{", "}"));
            default -> value.toString(); // numbers and truths
        };
    }

    /// What follows an option such as `--token` is its value.
    private static String list(List<?> list) {
        List<String> shown = new ArrayList<>();
        boolean hidden = false;
        for (Object item : list) {
            shown.add(hidden ? HIDDEN : full(item));
            hidden = isSecretOption(item);
        }
        return "[" + String.join(", ", shown) + "]";
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

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String opaque(Value value) {
        return switch (value) {
            case Value.Text(String text) -> full(text);
            case Value.Num(BigDecimal number) -> number.toPlainString();
            case Value.Bool(boolean flag) -> Boolean.toString(flag);
            case Value.Nothing _ -> "null";
            case Value.Items(List<Value> items) -> full(items);
            case Value.Fields(Map<String, Value> fields) -> full(fields);
        };
    }
}
