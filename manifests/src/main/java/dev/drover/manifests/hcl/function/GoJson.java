package dev.drover.manifests.hcl.function;

import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Conversion;
import dev.drover.manifests.hcl.value.Value;
import java.util.Iterator;
import java.util.Map;

/// Values as Go writes them in JSON: on one line, with `<`, `>` and `&` escaped.
final class GoJson {
    private static final String HEXADECIMAL = "0123456789abcdef";

    private final StringBuilder text = new StringBuilder();
    private final Budget budget;

    private GoJson(Budget budget) {
        this.budget = budget;
    }

    static String text(Value value, Budget budget) {
        GoJson json = new GoJson(budget);
        json.append(value);
        return json.text.toString();
    }

    static String quoted(String text, Budget budget) {
        GoJson json = new GoJson(budget);
        json.quote(text);
        return json.text.toString();
    }

    private void append(Value value) {
        budget.produce(2); // the brackets, or a colon and a comma
        switch (value) {
            case Value.Null _ -> text.append("null");
            case Value.Text(String string) -> quote(string);
            case Value.Num _, Value.Truth _ -> {
                String plain = Conversion.text(value);
                budget.produce(plain.length());
                text.append(plain);
            }
            case Value.Sequence sequence -> list(sequence.items().iterator());
            case Value.Mapping mapping -> object(mapping.entries().entrySet().iterator());
        }
    }

    private void list(Iterator<Value> items) {
        text.append('[');
        while (items.hasNext()) {
            append(items.next());
            text.append(items.hasNext() ? "," : "");
        }
        text.append(']');
    }

    private void object(Iterator<Map.Entry<String, Value>> entries) {
        text.append('{');
        while (entries.hasNext()) {
            Map.Entry<String, Value> entry = entries.next();
            quote(entry.getKey());
            text.append(':');
            append(entry.getValue());
            text.append(entries.hasNext() ? "," : "");
        }
        text.append('}');
    }

    private void quote(String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            int before = text.length();
            append(string.charAt(i));
            budget.produce(text.length() - before);
        }
        text.append('"');
    }

    private void append(char c) {
        switch (c) {
            case '"' -> text.append("\\\"");
            case '\\' -> text.append("\\\\");
            case '\n' -> text.append("\\n");
            case '\r' -> text.append("\\r");
            case '\t' -> text.append("\\t");
            case '\b' -> text.append("\\b");
            case '\f' -> text.append("\\f");
            default -> {
                if (c < ' ' || c == '\u2028' || c == '\u2029' || isMarkup(c)) {
                    escape(c);
                } else {
                    text.append(c);
                }
            }
        }
    }

    private static boolean isMarkup(char c) {
        return c == '<' || c == '>' || c == '&';
    }

    private void escape(char c) {
        text.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            text.append(HEXADECIMAL.charAt((c >> shift) & 0xF));
        }
    }
}
