package dev.drover.manifests.hcl.function;

import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Conversion;
import dev.drover.manifests.hcl.value.Value;
import java.util.List;
import java.util.Map;

/// Values as `yamlencode` writes them: every string in quotes, blocks for lists and objects.
final class YamlText {
    private final StringBuilder text = new StringBuilder();
    private final Budget budget;

    private YamlText(Budget budget) {
        this.budget = budget;
    }

    static String of(Value value, Budget budget) {
        YamlText yaml = new YamlText(budget);
        yaml.node(value, 0);
        if (value instanceof Value.Num
                || value instanceof Value.Truth
                || value instanceof Value.Null) {
            yaml.text.append("...\n"); // a plain scalar alone needs an end
        }
        return yaml.text.toString();
    }

    /// Begins where the place is; ends with a line break.
    private void node(Value value, int indent) {
        budget.produce(indent + 3L);
        switch (value) {
            case Value.Sequence sequence when !sequence.items().isEmpty() ->
                    list(sequence.items(), indent);
            case Value.Mapping mapping when !mapping.entries().isEmpty() ->
                    object(mapping.entries(), indent);
            case Value.Sequence _ -> text.append("[]\n");
            case Value.Mapping _ -> text.append("{}\n");
            case Value.Null _ -> text.append("null\n");
            case Value.Text(String string) -> string(string, indent);
            case Value.Num _, Value.Truth _ -> text.append(Conversion.text(value)).append('\n');
        }
    }

    private void string(String string, int indent) {
        budget.produce(3L * string.length() + indent + 3L); // copied line by line
        boolean lines = string.contains("\n") && !string.contains(" \n");
        if (!lines || string.endsWith(" ") || string.codePoints().anyMatch(c -> isSpecial(c))) {
            text.append(quoted(string)).append('\n');
            return;
        }
        boolean blank = string.startsWith(" ") || string.startsWith("\n");
        text.append('|').append(blank ? "2" : "").append(chomping(string)).append('\n');
        String whole = string.endsWith("\n") ? string.substring(0, string.length() - 1) : string;
        for (String line : whole.split("\n", -1)) {
            budget.produce(indent + 3L);
            text.append(line.isEmpty() ? "" : " ".repeat(indent + 2)).append(line).append('\n');
        }
    }

    /// What becomes of the line breaks at the end: none is there, one, or several.
    private static String chomping(String string) {
        if (!string.endsWith("\n")) {
            return "-";
        }
        return string.equals("\n") || string.endsWith("\n\n") ? "+" : "";
    }

    /// What a block of lines cannot hold: characters that libyaml writes with an escape.
    private static boolean isSpecial(int c) {
        return c != '\n' && (isBreak(c) || !isPrintable(c));
    }

    private static boolean isBreak(int c) {
        return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    private static boolean isPrintable(int c) {
        return (c >= ' ' && c < 0x7F) || (c >= 0xA0 && c < 0xFFFE && c != 0xFEFF);
    }

    private String quoted(String string) {
        StringBuilder quoted = new StringBuilder("\"");
        string.codePoints()
                .forEach(c -> {
                    if (c == '"' || c == '\\' || isBreak(c) || !isPrintable(c)) {
                        quoted.append('\\').append(escape(c));
                    } else {
                        quoted.appendCodePoint(c);
                    }
                });
        budget.produce(quoted.length());
        return quoted.append('"').toString();
    }

    private static String escape(int c) {
        return switch (c) {
            case 0 -> "0";
            case 0x07 -> "a";
            case '\b' -> "b";
            case '\t' -> "t";
            case '\n' -> "n";
            case 0x0B -> "v";
            case '\f' -> "f";
            case '\r' -> "r";
            case 0x1B -> "e";
            case '"' -> "\"";
            case '\\' -> "\\";
            case 0x85 -> "N";
            case 0x2028 -> "L";
            case 0x2029 -> "P";
            default ->
                    c < 0x100
                            ? "x%02X".formatted(c)
                            : c < 0x1_0000 ? "u%04X".formatted(c) : "U%08X".formatted(c);
        };
    }

    private void list(List<Value> items, int indent) {
        for (int i = 0; i < items.size(); i++) {
            text.append(i == 0 ? "" : " ".repeat(indent)).append("- ");
            switch (items.get(i)) {
                case Value.Text(String string) -> string(string, indent);
                case Value item -> node(item, indent + 2);
            }
        }
    }

    private void object(Map<String, Value> entries, int indent) {
        boolean first = true;
        for (Map.Entry<String, Value> entry : entries.entrySet()) {
            text.append(first ? "" : " ".repeat(indent)).append(quoted(entry.getKey())).append(':');
            first = false;
            boolean list =
                    entry.getValue() instanceof Value.Sequence sequence
                            && !sequence.items().isEmpty();
            boolean object =
                    entry.getValue() instanceof Value.Mapping mapping
                            && !mapping.entries().isEmpty();
            if (list || object) {
                int inner = object ? indent + 2 : indent;
                text.append('\n').append(" ".repeat(inner));
                node(entry.getValue(), inner);
            } else {
                text.append(' ');
                node(entry.getValue(), indent);
            }
        }
    }
}
