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
        if (!string.contains("\n") || string.isBlank()) {
            text.append(quoted(string)).append('\n');
            return;
        }
        text.append(string.endsWith("\n") ? "|\n" : "|-\n");
        for (String line : string.stripTrailing().split("\n", -1)) {
            budget.produce(indent + 3L);
            text.append(line.isEmpty() ? "" : " ".repeat(indent + 2)).append(line).append('\n');
        }
    }

    private String quoted(String string) {
        return GoJson.quotedMarkup(string, budget);
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
