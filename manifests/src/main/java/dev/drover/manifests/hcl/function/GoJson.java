package dev.drover.manifests.hcl.function;

import dev.drover.manifests.hcl.value.Conversion;
import dev.drover.manifests.hcl.value.Value;
import java.util.Map;
import java.util.stream.Collectors;

/// Values as Go writes them in JSON: on one line, with `<`, `>` and `&` escaped.
final class GoJson {
    private GoJson() {}

    static String text(Value value) {
        return switch (value) {
            case Value.Null _ -> "null";
            case Value.Text(String text) -> quoted(text);
            case Value.Num _, Value.Truth _ -> Conversion.text(value);
            case Value.Sequence sequence ->
                    sequence.items().stream()
                            .map(GoJson::text)
                            .collect(Collectors.joining(",", "[", "]"));
            case Value.Mapping mapping ->
                    mapping.entries().entrySet().stream()
                            .map(GoJson::entry)
                            .collect(Collectors.joining(",", "{", "}"));
        };
    }

    private static String entry(Map.Entry<String, Value> entry) {
        return quoted(entry.getKey()) + ":" + text(entry.getValue());
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> append((char) c, quoted));
        return quoted.append('"').toString();
    }

    private static void append(char c, StringBuilder into) {
        switch (c) {
            case '"' -> into.append("\\\"");
            case '\\' -> into.append("\\\\");
            case '\n' -> into.append("\\n");
            case '\r' -> into.append("\\r");
            case '\t' -> into.append("\\t");
            case '\b' -> into.append("\\b");
            case '\f' -> into.append("\\f");
            case '<', '>', '&', '\u2028', '\u2029' -> into.append("\\u%04x".formatted((int) c));
            default -> {
                if (c < ' ') {
                    into.append("\\u%04x".formatted((int) c));
                } else {
                    into.append(c);
                }
            }
        }
    }
}
