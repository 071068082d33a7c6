package dev.drover.node.template.functions;

import dev.drover.node.template.language.Fault;
import dev.drover.node.template.language.Numbers;
import dev.drover.node.template.language.Value;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// TOML: first a table's own values, then the tables within it.
final class Toml {

    private Toml() {}

    static String write(Value.Mapping root) {
        StringBuilder out = new StringBuilder();
        table(root.entries(), "", "", out);
        return out.toString().strip();
    }

    private static void table(
            SortedMap<String, Value> entries, String path, String indent, StringBuilder out) {
        SortedMap<String, Value> tables = new TreeMap<>();
        entries.forEach((key, value) -> {
            if (value instanceof Value.Mapping || isTables(value)) {
                tables.put(key, value);
            } else if (!value.isNothing()) {
                out.append(indent)
                        .append(key(key))
                        .append(" = ")
                        .append(scalar(value))
                        .append('\n');
            }
        });
        tables.forEach((key, value) -> {
            String name = path.isEmpty() ? key(key) : path + "." + key(key);
            for (Value table :
                    value instanceof Value.Listing(List<Value> items) ? items : List.of(value)) {
                boolean list = value instanceof Value.Listing;
                out.append(out.isEmpty() || !path.isEmpty() ? "" : "\n")
                        .append(indent)
                        .append(list ? "[[" : "[")
                        .append(name)
                        .append(list ? "]]\n" : "]\n");
                table(((Value.Mapping) table).entries(), name, indent + "  ", out);
            }
        });
    }

    private static boolean isTables(Value value) {
        return value instanceof Value.Listing(List<Value> items)
                && !items.isEmpty()
                && items.stream().allMatch(Value.Mapping.class::isInstance);
    }

    private static String key(String key) {
        return key.matches("[A-Za-z0-9_-]+") ? key : Json.unescaped(Value.of(key));
    }

    private static String scalar(Value value) {
        return switch (value) {
            case Value.Bool(boolean flag) -> String.valueOf(flag);
            case Value.Int(long number) -> String.valueOf(number);
            case Value.Real(double number) -> real(number);
            case Value.Text(String text) -> Json.unescaped(Value.of(text));
            case Value.Listing(List<Value> items) ->
                    "[" + String.join(", ", items.stream().map(Toml::scalar).toList()) + "]";
            case Value.Mapping(SortedMap<String, Value> entries) -> inline(entries);
            case Value.Absent _, Value.Nil _, Value.Structure _, Value.Gadget _ ->
                    throw Fault.of("TOML has no " + value.type());
        };
    }

    private static String real(double number) {
        String text = Numbers.json(number);
        return text.matches("-?[0-9]+") ? text + ".0" : text;
    }

    private static String inline(Map<String, Value> entries) {
        return "{"
                + String.join(
                        ", ",
                        entries.entrySet().stream()
                                .map(e -> key(e.getKey()) + " = " + scalar(e.getValue()))
                                .toList())
                + "}";
    }
}
