package dev.drover.node.template.language;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// The functions that every Go template has. `and` and `or` are here by name only: the renderer
/// evaluates them, since they stop at the first argument that decides.
final class Builtins {

    static final Map<String, Function> ALL =
            Map.ofEntries(
                    Map.entry("and", Builtins::last),
                    Map.entry("or", Builtins::last),
                    Map.entry("not", a -> Value.of(!a.exactly(1).values().getFirst().truth())),
                    Map.entry("len", Builtins::len),
                    Map.entry("index", Builtins::index),
                    Map.entry("slice", Builtins::slice),
                    Map.entry("print", a -> Value.of(Format.print(a.values()))),
                    Map.entry("println", a -> Value.of(Format.println(a.values()))),
                    Map.entry(
                            "printf", a -> Value.of(Format.printf(a.atLeast(1).text(0), tail(a)))),
                    Map.entry("html", a -> Value.of(html(escapable(a)))),
                    Map.entry("js", a -> Value.of(js(escapable(a)))),
                    Map.entry("urlquery", a -> Value.of(urlquery(escapable(a)))),
                    Map.entry("call", Builtins::call),
                    Map.entry("eq", Comparison::eq),
                    Map.entry("ne", Comparison::ne),
                    Map.entry("lt", Comparison::lt),
                    Map.entry("le", Comparison::le),
                    Map.entry("gt", Comparison::gt),
                    Map.entry("ge", Comparison::ge));

    private Builtins() {}

    private static Value last(Arguments arguments) {
        return arguments.atLeast(1).values().getLast();
    }

    private static List<Value> tail(Arguments arguments) {
        return arguments.values().subList(1, arguments.count());
    }

    /// What the escaping functions escape: one value as an action prints it, several as `print`
    /// does.
    private static String escapable(Arguments arguments) {
        List<Value> values = arguments.values();
        return values.size() == 1 ? Format.shown(values.getFirst()) : Format.print(values);
    }

    private static Value call(Arguments arguments) {
        throw Fault.of("call: no value of a template's data is a function");
    }

    private static Value len(Arguments arguments) {
        Value value = arguments.exactly(1).value(0);
        return switch (value) {
            case Value.Text(String text) -> Value.of(Value.bytes(text).length);
            case Value.Listing(List<Value> items) -> Value.of(items.size());
            case Value.Mapping(SortedMap<String, Value> entries) -> Value.of(entries.size());
            case Value.Absent _,
                    Value.Nil _,
                    Value.Bool _,
                    Value.Int _,
                    Value.Real _,
                    Value.Structure _,
                    Value.Gadget _ ->
                    throw Fault.of("len of type " + value.type());
        };
    }

    private static Value index(Arguments arguments) {
        Value item = arguments.atLeast(1).value(0);
        for (int i = 1; i < arguments.count(); i++) {
            item =
                    switch (item) {
                        case Value.Listing(List<Value> items) ->
                                items.get(place(arguments, i, items.size() - 1));
                        case Value.Text(String text) -> {
                            byte[] bytes = Value.bytes(text);
                            yield Value.of(bytes[place(arguments, i, bytes.length - 1)] & 0xFF);
                        }
                        case Value.Mapping(SortedMap<String, Value> entries) ->
                                entries.getOrDefault(arguments.text(i), Value.absent());
                        case Value.Absent _, Value.Nil _ -> throw Fault.of("index of untyped nil");
                        case Value.Bool _,
                                Value.Int _,
                                Value.Real _,
                                Value.Structure _,
                                Value.Gadget _ ->
                                throw Fault.of("can't index item of type " + item.type());
                    };
        }
        return item;
    }

    /// The argument as an index from 0 to `most`.
    private static int place(Arguments arguments, int i, int most) {
        int place = arguments.integer(i);
        if (place < 0 || place > most) {
            throw Fault.of("index out of range: " + place);
        }
        return place;
    }

    private static Value slice(Arguments arguments) {
        Value item = arguments.between(1, 4).value(0);
        return switch (item) {
            case Value.Listing(List<Value> items) -> {
                int from = arguments.count() > 1 ? place(arguments, 1, items.size()) : 0;
                int to = arguments.count() > 2 ? place(arguments, 2, items.size()) : items.size();
                int capacity =
                        arguments.count() > 3 ? place(arguments, 3, items.size()) : items.size();
                ordered(to, capacity);
                yield new Value.Listing(items.subList(ordered(from, to), to));
            }
            case Value.Text(String text) -> {
                byte[] bytes = Value.bytes(text);
                if (arguments.count() > 3) {
                    throw Fault.of("cannot 3-index slice a string");
                }
                int from = arguments.count() > 1 ? place(arguments, 1, bytes.length) : 0;
                int to = arguments.count() > 2 ? place(arguments, 2, bytes.length) : bytes.length;
                yield Value.of(text(bytes, ordered(from, to), to));
            }
            case Value.Absent _, Value.Nil _ -> throw Fault.of("slice of untyped nil");
            case Value.Bool _,
                    Value.Int _,
                    Value.Real _,
                    Value.Mapping _,
                    Value.Structure _,
                    Value.Gadget _ ->
                    throw Fault.of("can't slice item of type " + item.type());
        };
    }

    private static int ordered(int from, int to) {
        if (from > to) {
            throw Fault.of("invalid slice index: " + from + " > " + to);
        }
        return from;
    }

    /// Our texts are Unicode: a cut within a character is refused instead of making half of one.
    private static String text(byte[] bytes, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw Fault.of(
                    "slice "
                            + from
                            + " to "
                            + to
                            + " cuts a character into halves: texts are cut by bytes");
        }
    }

    private static String html(String text) {
        return text.replace("&", "&amp;")
                .replace("'", "&#39;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&#34;")
                .replace("\0", "\uFFFD");
    }

    private static String urlquery(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String js(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .forEach(c -> {
                    switch (c) {
                        case '\\', '\'', '"' -> out.append('\\').append((char) c);
                        case '<', '>', '&', '=' -> out.append(String.format("\\u%04X", c));
                        default -> {
                            if (c < ' ' || (c >= 0x80 && !Quoting.printable(c))) {
                                out.append(String.format("\\u%04X", c));
                            } else {
                                out.appendCodePoint(c);
                            }
                        }
                    }
                });
        return out.toString();
    }
}
