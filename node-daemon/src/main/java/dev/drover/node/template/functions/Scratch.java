package dev.drover.node.template.functions;

import dev.drover.node.template.language.Arguments;
import dev.drover.node.template.language.Fault;
import dev.drover.node.template.language.Value;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A place for a template to keep values while it is rendered: `scratch.Set "k" 1`, `scratch.Get
/// "k"`.
final class Scratch {

    private final Map<String, Value> values = new HashMap<>();

    private Scratch() {}

    static Value create() {
        Scratch scratch = new Scratch();
        return new Value.Gadget(
                "scratch",
                Map.of(
                        "Key", a -> Value.of(scratch.values.containsKey(a.exactly(1).text(0))),
                        "Get", a -> scratch.values.getOrDefault(a.exactly(1).text(0), Value.nil()),
                        "Set", a -> scratch.set(a.exactly(2)),
                        "SetX", a -> scratch.setIfAbsent(a.exactly(2)),
                        "MapSet", a -> scratch.mapSet(a.exactly(3)),
                        "MapSetX", a -> scratch.mapSetIfAbsent(a.exactly(3)),
                        "MapValues", a -> scratch.mapValues(a.exactly(1).text(0))));
    }

    /// Setting prints nothing.
    private Value set(Arguments arguments) {
        values.put(arguments.text(0), arguments.value(1));
        return Value.of("");
    }

    private Value setIfAbsent(Arguments arguments) {
        values.putIfAbsent(arguments.text(0), arguments.value(1));
        return Value.of("");
    }

    private Value mapSet(Arguments arguments) {
        SortedMap<String, Value> map = map(arguments.text(0));
        map.put(arguments.text(1), arguments.value(2));
        values.put(arguments.text(0), new Value.Mapping(map));
        return Value.of("");
    }

    private Value mapSetIfAbsent(Arguments arguments) {
        SortedMap<String, Value> map = map(arguments.text(0));
        map.putIfAbsent(arguments.text(1), arguments.value(2));
        values.put(arguments.text(0), new Value.Mapping(map));
        return Value.of("");
    }

    /// In the order of the keys.
    private Value mapValues(String key) {
        return values.containsKey(key)
                ? new Value.Listing(map(key).values().stream().toList())
                : Value.nil();
    }

    private SortedMap<String, Value> map(String key) {
        return switch (values.getOrDefault(key, new Value.Mapping(new TreeMap<>()))) {
            case Value.Mapping(var entries) -> new TreeMap<>(entries);
            case Value.Absent _,
                    Value.Nil _,
                    Value.Bool _,
                    Value.Int _,
                    Value.Real _,
                    Value.Text _,
                    Value.Listing _,
                    Value.Structure _,
                    Value.Gadget _ ->
                    throw Fault.of("scratch: " + key + " is not a map");
        };
    }
}
