package dev.drover.node.template.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.drover.node.template.language.Fault;
import dev.drover.node.template.language.Numbers;
import dev.drover.node.template.language.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// JSON, read into values and written as Go writes it.
public final class Json {

    /// Far more than configuration nests, far less than the stack holds.
    private static final int DEPTH_MAX = 100;

    private Json() {}

    /// The value of one JSON document. As Go does, every number becomes a float64. Throws a `Fault`
    /// with the place of a mistake.
    public static Value read(String text) {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            if (parser.nextToken() == null) {
                throw Fault.of("unexpected end of JSON input");
            }
            Value value = value(parser, 0);
            if (parser.nextToken() != null) {
                throw Fault.of("invalid JSON: more text after the value");
            }
            return value;
        } catch (IOException e) {
            throw Fault.of(
                    "invalid JSON: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static Value value(JsonParser parser, int depth) throws IOException {
        if (depth > DEPTH_MAX) {
            throw Fault.of("JSON nested deeper than " + DEPTH_MAX + " levels");
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_OBJECT) {
            SortedMap<String, Value> entries = new TreeMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                parser.nextToken();
                entries.put(key, value(parser, depth + 1));
            }
            return new Value.Mapping(entries);
        }
        if (token == JsonToken.START_ARRAY) {
            List<Value> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(value(parser, depth + 1));
            }
            return new Value.Listing(items);
        }
        if (token.isNumeric()) {
            return new Value.Real(parser.getDoubleValue());
        }
        if (token.isBoolean()) {
            return Value.of(parser.getBooleanValue());
        }
        return token == JsonToken.VALUE_NULL ? Value.nil() : Value.of(parser.getText());
    }

    /// One line, with `<`, `>` and `&` escaped.
    static String compact(Value value) {
        return new Writer(true, "", "", ":").write(value, 0);
    }

    /// Indented by two blanks.
    static String pretty(Value value) {
        return new Writer(true, "\n", "  ", ": ").write(value, 0);
    }

    /// One line, with `<`, `>` and `&` as they are.
    static String unescaped(Value value) {
        return new Writer(false, "", "", ":").write(value, 0);
    }

    /// Indented, with `<`, `>` and `&` as they are.
    static String unescapedPretty(Value value) {
        return new Writer(false, "\n", "  ", ": ").write(value, 0);
    }

    private record Writer(boolean escapesHtml, String newline, String indent, String colon) {

        String write(Value value, int depth) {
            return switch (value) {
                case Value.Absent _, Value.Nil _ -> "null";
                case Value.Bool(boolean flag) -> String.valueOf(flag);
                case Value.Int(long number) -> String.valueOf(number);
                case Value.Real(double number) -> real(number);
                case Value.Text(String text) -> quoted(text);
                case Value.Listing(List<Value> items) ->
                        block(
                                "[",
                                items.stream().map(item -> write(item, depth + 1)).toList(),
                                "]",
                                depth);
                case Value.Mapping(SortedMap<String, Value> entries) -> entries(entries, depth);
                case Value.Structure(_, Map<String, Value> fields) ->
                        entries(new TreeMap<>(fields), depth);
                case Value.Gadget _ ->
                        throw Fault.of("a " + value.type() + " cannot be written as JSON");
            };
        }

        private String entries(SortedMap<String, Value> entries, int depth) {
            List<String> shown = new ArrayList<>();
            entries.forEach(
                    (key, value) -> shown.add(quoted(key) + colon + write(value, depth + 1)));
            return block("{", shown, "}", depth);
        }

        private String block(String open, List<String> parts, String close, int depth) {
            if (parts.isEmpty()) {
                return open + close;
            }
            String line = newline + indent.repeat(depth + 1);
            return open
                    + line
                    + String.join("," + line, parts)
                    + newline
                    + indent.repeat(depth)
                    + close;
        }

        private static String real(double number) {
            if (!Double.isFinite(number)) {
                throw Fault.of("JSON has no number for " + number);
            }
            return Numbers.json(number);
        }

        private String quoted(String text) {
            StringBuilder out = new StringBuilder("\"");
            text.codePoints()
                    .forEach(c -> {
                        switch (c) {
                            case '"', '\\' -> out.append('\\').append((char) c);
                            case '\n' -> out.append("\\n");
                            case '\r' -> out.append("\\r");
                            case '\t' -> out.append("\\t");
                            case '\b' -> out.append("\\b");
                            case '\f' -> out.append("\\f");
                            default -> {
                                boolean html = escapesHtml && (c == '<' || c == '>' || c == '&');
                                if (c < ' ' || html || c == 0x2028 || c == 0x2029) {
                                    out.append(String.format("\\u%04x", c));
                                } else {
                                    out.appendCodePoint(c);
                                }
                            }
                        }
                    });
            return out.append('"').toString();
        }
    }
}
