package dev.drover.node.template.functions;

import dev.drover.node.template.language.Arguments;
import dev.drover.node.template.language.Fault;
import dev.drover.node.template.language.Function;
import dev.drover.node.template.language.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Functions over lists and mappings.
final class CollectionFunctions {

    /// What `loop` counts to at most; the budget of steps would end it soon after anyway.
    private static final int LOOP_MAX = 1_000_000;

    static final Map<String, Function> ALL =
            Map.of(
                    "contains", a -> Value.of(in(a.exactly(2).value(1), a.value(0), a)),
                    "in", a -> Value.of(in(a.exactly(2).value(0), a.value(1), a)),
                    "containsAll",
                            a -> Value.of(wanted(a).stream().allMatch(v -> in(a.value(1), v, a))),
                    "containsAny",
                            a -> Value.of(wanted(a).stream().anyMatch(v -> in(a.value(1), v, a))),
                    "containsNone",
                            a -> Value.of(wanted(a).stream().noneMatch(v -> in(a.value(1), v, a))),
                    "containsNotAll",
                            a -> Value.of(!wanted(a).stream().allMatch(v -> in(a.value(1), v, a))),
                    "loop", CollectionFunctions::loop,
                    "explodeMap", a -> explode(a.exactly(1).mapping(0)),
                    "mergeMap", a -> merge(a.exactly(2).mapping(0), a.mapping(1)),
                    "mergeMapWithOverride", a -> merge(a.exactly(2).mapping(1), a.mapping(0)));

    private CollectionFunctions() {}

    private static List<Value> wanted(Arguments arguments) {
        return arguments.exactly(2).list(0);
    }

    private static boolean in(Value collection, Value wanted, Arguments arguments) {
        return switch (collection) {
            case Value.Listing(List<Value> items) -> items.contains(wanted);
            case Value.Text(String text) ->
                    wanted instanceof Value.Text(String part) && text.contains(part);
            case Value.Absent _, Value.Nil _, Value.Mapping _ -> false;
            case Value.Bool _, Value.Int _, Value.Real _, Value.Structure _, Value.Gadget _ ->
                    throw Fault.of(
                            arguments.function()
                                    + ": a "
                                    + collection.type()
                                    + " contains nothing");
        };
    }

    /// `loop 3` is 0 1 2, `loop 5 8` is 5 6 7.
    private static Value loop(Arguments arguments) {
        int from = arguments.between(1, 2).count() == 2 ? arguments.integer(0) : 0;
        int to = arguments.integer(arguments.count() - 1);
        if ((long) to - from > LOOP_MAX) {
            throw Fault.of("loop: more than " + LOOP_MAX + " rounds");
        }
        List<Value> numbers = new ArrayList<>();
        for (int i = from; i < to; i++) {
            numbers.add(Value.of(i));
        }
        return new Value.Listing(numbers);
    }

    /// Keys with slashes become mappings within mappings.
    private static Value explode(Value.Mapping flat) {
        TreeMap<String, Value> exploded = new TreeMap<>();
        flat.entries().forEach((key, value) -> put(exploded, key, value));
        return new Value.Mapping(exploded);
    }

    private static void put(SortedMap<String, Value> into, String path, Value value) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            if (!path.isEmpty()) {
                into.put(path, value);
            }
            return;
        }
        String first = path.substring(0, slash);
        TreeMap<String, Value> inner = new TreeMap<>();
        if (into.get(first) instanceof Value.Mapping(SortedMap<String, Value> present)) {
            inner.putAll(present);
        } else if (into.containsKey(first)) {
            throw Fault.of("explodeMap: " + first + " is a value and a folder");
        }
        put(inner, path.substring(slash + 1), value);
        into.put(first, new Value.Mapping(inner));
    }

    /// Both, level by level; where both have a value the first one's stands.
    private static Value merge(Value.Mapping first, Value.Mapping second) {
        TreeMap<String, Value> merged = new TreeMap<>(second.entries());
        first.entries()
                .forEach((key, value) -> {
                    Value other = merged.getOrDefault(key, Value.nil());
                    boolean both = value instanceof Value.Mapping && other instanceof Value.Mapping;
                    if (both) {
                        merged.put(key, merge((Value.Mapping) value, (Value.Mapping) other));
                    } else if (value.truth() || other.isNothing()) {
                        merged.put(key, value);
                    }
                });
        return new Value.Mapping(merged);
    }
}
