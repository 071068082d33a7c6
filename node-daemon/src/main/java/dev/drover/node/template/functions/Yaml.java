package dev.drover.node.template.functions;

import dev.drover.node.template.language.Fault;
import dev.drover.node.template.language.Value;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// YAML in block style, as Go's library writes it: two blanks a level, keys in order, lists on the
/// level of their key.
final class Yaml {

    /// What would be read as something else than text: nothing, yes and no, numbers, times.
    private static final Pattern READS_AS_OTHER =
            Pattern.compile(
                    "|~|null|Null|NULL|=|<<|y|Y|yes|Yes|YES|n|N|no|No|NO|on|On|ON|off|Off|OFF"
                            + "|true|True|TRUE|false|False|FALSE"
                            + "|[-+]?[0-9][0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?|[-+]?\\.[0-9]+([eE][-+]?[0-9]+)?"
                            + "|[-+]?0[xob][0-9a-fA-F_]+|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)"
                            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?|[-+]?[0-9]+(:[0-5]?[0-9])+(\\.[0-9]*)?");

    /// What holds a sign that means something to YAML.
    private static final Pattern HOLDS_SIGNS =
            Pattern.compile("[-?:]|[-?:] .*|[,\\[\\]{}#&*!|>'\"%@` ].*|.*[ :]|.*(: | #).*");

    private Yaml() {}

    static String write(Value value) {
        StringBuilder out = new StringBuilder();
        node(value, "", out);
        return out.toString().strip();
    }

    /// The value, beginning where the writer stands, ending with the end of a line.
    private static void node(Value value, String indent, StringBuilder out) {
        switch (value) {
            case Value.Mapping(SortedMap<String, Value> entries) -> mapping(entries, indent, out);
            case Value.Structure(_, Map<String, Value> fields) ->
                    mapping(new TreeMap<>(fields), indent, out);
            case Value.Listing(List<Value> items) -> listing(items, indent, out);
            case Value.Absent _, Value.Nil _ -> out.append("null\n");
            case Value.Bool(boolean flag) -> out.append(flag).append('\n');
            case Value.Int(long number) -> out.append(number).append('\n');
            case Value.Real _ -> out.append(value.shown()).append('\n');
            case Value.Text(String text) -> out.append(scalar(text, indent)).append('\n');
            case Value.Gadget _ ->
                    throw Fault.of("a " + value.type() + " cannot be written as YAML");
        }
    }

    private static void mapping(
            SortedMap<String, Value> entries, String indent, StringBuilder out) {
        if (entries.isEmpty()) {
            out.append("{}\n");
            return;
        }
        String lead = "";
        for (Map.Entry<String, Value> entry : entries.entrySet()) {
            out.append(lead).append(scalar(entry.getKey(), indent)).append(':');
            lead = indent;
            boolean list =
                    entry.getValue() instanceof Value.Listing(List<Value> items)
                            && !items.isEmpty();
            boolean map = entry.getValue() instanceof Value.Mapping(var inner) && !inner.isEmpty();
            String deeper = list ? indent : indent + "  ";
            out.append(list || map ? "\n" + deeper : " ");
            node(entry.getValue(), deeper, out);
        }
    }

    private static void listing(List<Value> items, String indent, StringBuilder out) {
        if (items.isEmpty()) {
            out.append("[]\n");
            return;
        }
        String lead = "";
        for (Value item : items) {
            out.append(lead).append("- ");
            lead = indent;
            node(item, indent + "  ", out);
        }
    }

    private static String scalar(String text, String indent) {
        if (text.contains("\n")) {
            String chomp = text.endsWith("\n") ? "" : "-";
            int within = Math.max(indent.length(), 2);
            return "|" + chomp + "\n" + TextFunctions.indented(within, text.stripTrailing());
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7F)
                || READS_AS_OTHER.matcher(text).matches()) {
            return Json.unescaped(Value.of(text));
        }
        return HOLDS_SIGNS.matcher(text).matches() ? "'" + text.replace("'", "''") + "'" : text;
    }
}
