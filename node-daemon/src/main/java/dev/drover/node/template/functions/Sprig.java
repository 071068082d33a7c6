package dev.drover.node.template.functions;

import dev.drover.node.template.language.Arguments;
import dev.drover.node.template.language.Fault;
import dev.drover.node.template.language.Function;
import dev.drover.node.template.language.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The part of Sprig that templates of jobs use, under the prefix `sprig_`. Another one is added
/// when somebody needs it; until then its name is refused when the template is read.
final class Sprig {

    /// What `sprig_repeat` may make: the output's own bound is not far behind.
    private static final int REPEATED_MAX = 1 << 20;

    static final Map<String, Function> ALL =
            Map.ofEntries(
                    Map.entry("sprig_coalesce", a -> first(a.values())),
                    Map.entry(
                            "sprig_contains",
                            a -> Value.of(a.exactly(2).text(1).contains(a.text(0)))),
                    Map.entry(
                            "sprig_default",
                            a -> first(List.of(a.between(1, 2).value(a.count() - 1), a.value(0)))),
                    Map.entry("sprig_dict", Sprig::dict),
                    Map.entry("sprig_empty", a -> Value.of(!a.exactly(1).value(0).truth())),
                    Map.entry(
                            "sprig_first",
                            a ->
                                    a.exactly(1).list(0).isEmpty()
                                            ? Value.nil()
                                            : a.list(0).getFirst()),
                    Map.entry(
                            "sprig_get",
                            a ->
                                    a.exactly(2)
                                            .mapping(0)
                                            .entries()
                                            .getOrDefault(a.text(1), Value.of(""))),
                    Map.entry(
                            "sprig_hasKey",
                            a ->
                                    Value.of(
                                            a.exactly(2)
                                                    .mapping(0)
                                                    .entries()
                                                    .containsKey(a.text(1)))),
                    Map.entry(
                            "sprig_hasPrefix",
                            a -> Value.of(a.exactly(2).text(1).startsWith(a.text(0)))),
                    Map.entry(
                            "sprig_hasSuffix",
                            a -> Value.of(a.exactly(2).text(1).endsWith(a.text(0)))),
                    Map.entry(
                            "sprig_join",
                            a -> Value.of(String.join(a.exactly(2).text(0), shown(a.list(1))))),
                    Map.entry(
                            "sprig_keys",
                            a ->
                                    Value.texts(
                                            List.copyOf(
                                                    a.exactly(1).mapping(0).entries().keySet()))),
                    Map.entry(
                            "sprig_last",
                            a ->
                                    a.exactly(1).list(0).isEmpty()
                                            ? Value.nil()
                                            : a.list(0).getLast()),
                    Map.entry("sprig_list", a -> new Value.Listing(a.values())),
                    Map.entry(
                            "sprig_nindent",
                            a ->
                                    Value.of(
                                            "\n"
                                                    + everyLineIndented(
                                                            a.exactly(2).integer(0), a.text(1)))),
                    Map.entry(
                            "sprig_indent",
                            a -> Value.of(everyLineIndented(a.exactly(2).integer(0), a.text(1)))),
                    Map.entry(
                            "sprig_quote",
                            a ->
                                    Value.of(
                                            String.join(
                                                    " ",
                                                    a.values().stream()
                                                            .filter(v -> !v.isNothing())
                                                            .map(v ->
                                                                    "\""
                                                                            + v.shown()
                                                                                    .replace(
                                                                                            "\\",
                                                                                            "\\\\")
                                                                                    .replace(
                                                                                            "\"",
                                                                                            "\\\"")
                                                                            + "\"")
                                                            .toList()))),
                    Map.entry(
                            "sprig_squote",
                            a ->
                                    Value.of(
                                            String.join(
                                                    " ",
                                                    a.values().stream()
                                                            .filter(v -> !v.isNothing())
                                                            .map(v -> "'" + v.shown() + "'")
                                                            .toList()))),
                    Map.entry("sprig_repeat", Sprig::repeat),
                    Map.entry(
                            "sprig_replace",
                            a -> Value.of(a.exactly(3).text(2).replace(a.text(0), a.text(1)))),
                    Map.entry("sprig_ternary", a -> a.exactly(3).flag(2) ? a.value(0) : a.value(1)),
                    Map.entry("sprig_toJson", a -> Value.of(Json.compact(a.exactly(1).value(0)))),
                    Map.entry(
                            "sprig_toPrettyJson",
                            a -> Value.of(Json.pretty(a.exactly(1).value(0)))),
                    Map.entry("sprig_toString", a -> Value.of(a.exactly(1).value(0).shown())),
                    Map.entry("sprig_trim", a -> Value.of(a.exactly(1).text(0).strip())),
                    Map.entry("sprig_trunc", Sprig::trunc),
                    Map.entry(
                            "sprig_uniq",
                            a ->
                                    new Value.Listing(
                                            a.exactly(1).list(0).stream()
                                                    .filter(new HashSet<>()::add)
                                                    .toList())));

    private Sprig() {}

    /// The first value that is not empty.
    private static Value first(List<Value> values) {
        return values.stream()
                .filter(Value::truth)
                .findFirst()
                .orElse(values.isEmpty() ? Value.nil() : values.getLast());
    }

    private static List<String> shown(List<Value> values) {
        return values.stream().filter(v -> !v.isNothing()).map(Value::shown).toList();
    }

    private static Value dict(Arguments arguments) {
        TreeMap<String, Value> entries = new TreeMap<>();
        for (int i = 0; i < arguments.count(); i += 2) {
            entries.put(
                    arguments.value(i).shown(),
                    i + 1 < arguments.count() ? arguments.value(i + 1) : Value.of(""));
        }
        return new Value.Mapping(entries);
    }

    private static String everyLineIndented(int spaces, String text) {
        if (spaces < 0 || spaces > 1000) {
            throw Fault.of("indent: " + spaces + " blanks; from 0 to 1000");
        }
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            lines.add(" ".repeat(spaces) + line);
        }
        return String.join("\n", lines);
    }

    private static Value repeat(Arguments arguments) {
        int times = arguments.exactly(2).integer(0);
        if (times < 0 || (long) times * arguments.text(1).length() > REPEATED_MAX) {
            throw Fault.of(
                    "sprig_repeat: "
                            + times
                            + " times is below zero or makes more than "
                            + REPEATED_MAX
                            + " characters");
        }
        return Value.of(arguments.text(1).repeat(times));
    }

    /// A negative length keeps the end.
    private static Value trunc(Arguments arguments) {
        int length = arguments.exactly(2).integer(0);
        String text = arguments.text(1);
        int all = text.codePointCount(0, text.length());
        if (Math.abs((long) length) >= all) {
            return Value.of(text);
        }
        return Value.of(
                length >= 0
                        ? text.substring(0, text.offsetByCodePoints(0, length))
                        : text.substring(text.offsetByCodePoints(0, all + length)));
    }
}
