package dev.drover.manifests.diff;

import dev.drover.manifests.model.Value;
import dev.drover.manifests.shape.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Values as a diff shows them: short, and without secrets.
public final class Shown {
    static final String HIDDEN = "<hidden>";

    /// Characters of one value; more is no help beside the field's name.
    private static final int LENGTH_MAX = 200;

    private static final Pattern SECRET =
            Pattern.compile(
                    "pass(word|wd|phrase)?|secret|token|credential|api_?key|private_?key|auth");

    /// Who may enter, written into an address: `https://user:password@host`.
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/?#\\s\"@]+@");

    private Shown() {}

    /// Whether a value of that key is better not shown.
    public static boolean secret(String key) {
        return SECRET.matcher(key.toLowerCase(Locale.ROOT)).find();
    }

    static String text(Object value) {
        String text =
                switch (value) {
                    case String string ->
                            quoted(USER_INFO.matcher(string).replaceAll(HIDDEN + "@"));
                    case Duration duration -> Durations.text(duration);
                    case Enum<?> word -> word.name().toLowerCase(Locale.ROOT);
                    case Value opaque -> opaque(opaque);
                    case List<?> list ->
                            list.stream()
                                    .map(Shown::text)
                                    .collect(Collectors.joining(", ", "[", "]"));
                    case Map<?, ?> map ->
                            map.entrySet().stream()
                                    .map(entry ->
                                            entry.getKey()
                                                    + " = "
                                                    + (secret(entry.getKey().toString())
                                                            ? HIDDEN
                                                            : text(entry.getValue())))
                                    .collect(Collectors.joining(", ", "{", "}"));
                    default -> value.toString(); // numbers and truths
                };
        return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + "…";
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    private static String opaque(Value value) {
        return switch (value) {
            case Value.Text(String text) -> text(text);
            case Value.Num(BigDecimal number) -> number.toPlainString();
            case Value.Bool(boolean flag) -> Boolean.toString(flag);
            case Value.Nothing _ -> "null";
            case Value.Items(List<Value> items) -> text(items);
            case Value.Fields(Map<String, Value> fields) -> text(fields);
        };
    }
}
