package dev.drover.manifests.hcl.function;

import static dev.drover.manifests.hcl.function.Arguments.integer;
import static dev.drover.manifests.hcl.function.Arguments.items;
import static dev.drover.manifests.hcl.function.Arguments.mapping;
import static dev.drover.manifests.hcl.function.Arguments.ordered;
import static dev.drover.manifests.hcl.function.Arguments.text;
import static dev.drover.manifests.hcl.function.Arguments.texts;

import dev.drover.manifests.hcl.value.Budget;
import dev.drover.manifests.hcl.value.Conversion;
import dev.drover.manifests.hcl.value.Mistake;
import dev.drover.manifests.hcl.value.Type;
import dev.drover.manifests.hcl.value.Value;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Functions of lists and maps.
final class CollectionFunctions {

    static final List<Definition> ALL =
            List.of(
                    Definition.of("chunklist", 2, CollectionFunctions::chunks),
                    Definition.of("coalesce", 1, Definition.MANY, (a, _) -> firstNotNull(a))
                            .withNulls(),
                    Definition.of("coalescelist", 1, Definition.MANY, (a, _) -> firstNotEmpty(a)),
                    Definition.of("compact", 1, (a, _) -> compacted(a.getFirst())),
                    Definition.of("concat", 1, Definition.MANY, CollectionFunctions::concatenated),
                    Definition.of(
                            "contains", 2, (a, _) -> Value.of(items(a, 0).contains(a.get(1)))),
                    Definition.of(
                            "distinct",
                            1,
                            (a, _) ->
                                    like(
                                            a.getFirst(),
                                            new LinkedHashSet<>(Conversion.alike(items(a, 0))))),
                    Definition.of("element", 2, (a, _) -> element(ordered(a, 0), integer(a, 1))),
                    Definition.of("flatten", 1, (a, budget) -> flattened(a.getFirst(), budget)),
                    Definition.of("index", 2, (a, _) -> at(a)),
                    Definition.of("keys", 1, (a, _) -> keys(a.getFirst())),
                    Definition.of("length", 1, (a, _) -> Value.of(length(a.getFirst()))),
                    Definition.of("lookup", 3, (a, _) -> lookup(a)),
                    Definition.of("merge", 0, Definition.MANY, (a, _) -> merged(a)).withNulls(),
                    Definition.of("slice", 3, (a, _) -> slice(a, integer(a, 1), integer(a, 2))),
                    Definition.of("sort", 1, (a, _) -> sorted(a.getFirst())),
                    Definition.of("values", 1, (a, _) -> values(a.getFirst())),
                    Definition.of("zipmap", 2, (a, _) -> zipped(a)));

    private CollectionFunctions() {}

    /// A list stays a list and a tuple a tuple; what a set becomes depends on the function.
    private static Value like(Value original, Collection<Value> items) {
        return original instanceof Value.Tuple
                ? listOrTuple(List.copyOf(items))
                : new Value.Listing(List.copyOf(items));
    }

    /// A list where the items are of one type, else a tuple.
    private static Value listOrTuple(List<Value> items) {
        return Type.unify(items.stream().map(Type::of).toList()).isPresent()
                ? new Value.Listing(Conversion.alike(items))
                : new Value.Tuple(items);
    }

    private static Value chunks(List<Value> arguments, Budget budget) {
        List<Value> items = Conversion.alike(items(arguments, 0));
        int size = integer(arguments, 1);
        if (size < 0) {
            throw Mistake.of("the size cannot be negative");
        }
        if (size == 0) {
            return new Value.Listing(
                    items.isEmpty() ? List.of() : List.of(new Value.Listing(items)));
        }
        budget.produce(items.size());
        List<Value> chunks = new ArrayList<>();
        for (int start = 0; start < items.size(); start += size) {
            chunks.add(
                    new Value.Listing(items.subList(start, Math.min(start + size, items.size()))));
        }
        return new Value.Listing(chunks);
    }

    /// Numbers and truths may stand beside each other here, each as what it is.
    private static Value firstNotNull(List<Value> values) {
        List<Type> types = values.stream().map(Type::of).toList();
        Type common =
                Type.unify(types)
                        .or(() ->
                                Optional.<Type>of(Type.Simple.ANY)
                                        .filter(_ ->
                                                types.stream()
                                                        .allMatch(Type.Simple.class::isInstance)))
                        .orElseThrow(() -> Mistake.of("all arguments must have the same type"));
        return values.stream()
                .filter(value -> !(value instanceof Value.Null))
                .findFirst()
                .map(value -> Conversion.to(common, value))
                .orElseThrow(() -> Mistake.of("all arguments are null"));
    }

    private static Value firstNotEmpty(List<Value> lists) {
        for (int i = 0; i < lists.size(); i++) { // also those behind the one that is taken
            ordered(lists, i);
        }
        return lists.stream()
                .filter(list -> !items(list).isEmpty())
                .findFirst()
                .orElseThrow(() -> Mistake.of("all lists are empty"));
    }

    private static Value compacted(Value list) {
        return new Value.Listing(
                items(list).stream()
                        .filter(item -> !(item instanceof Value.Null))
                        .map(Conversion::text)
                        .filter(text -> !text.isEmpty())
                        .map(Value::of)
                        .toList());
    }

    private static Value concatenated(List<Value> lists, Budget budget) {
        List<Value> all = new ArrayList<>();
        for (Value list : lists) {
            List<Value> items = ordered(lists, lists.indexOf(list));
            budget.produce(items.size());
            all.addAll(items);
        }
        boolean typed = lists.stream().allMatch(Value.Listing.class::isInstance);
        return typed ? new Value.Listing(Conversion.alike(all)) : new Value.Tuple(all);
    }

    /// Numbers beyond the end begin again, negative ones count from the end.
    private static Value element(List<Value> items, int at) {
        if (items.isEmpty()) {
            throw Mistake.of("an empty list has no elements");
        }
        return items.get(Math.floorMod(at, items.size()));
    }

    private static Value flattened(Value list, Budget budget) {
        List<Value> flat = new ArrayList<>();
        flatten(list, flat, budget);
        return new Value.Tuple(flat);
    }

    private static void flatten(Value value, List<Value> into, Budget budget) {
        for (Value item : items(value)) {
            budget.step();
            if (item instanceof Value.Sequence) {
                flatten(item, into, budget);
            } else {
                into.add(item);
            }
        }
    }

    private static Value at(List<Value> arguments) {
        Value collection = arguments.getFirst();
        Value key = arguments.get(1);
        if (collection instanceof Value.Dictionary map) {
            Value value = map.entries().get(Conversion.text(key));
            if (value == null) {
                throw Mistake.of("there is no key \"" + Conversion.text(key) + "\"");
            }
            return value;
        }
        List<Value> items = ordered(arguments, 0);
        if (!(key instanceof Value.Num)) {
            throw Mistake.of("a list has numbers as keys, not a " + key.kind());
        }
        int number = integer(arguments, 1);
        if (number < 0 || number >= items.size()) {
            throw Mistake.of("there is no item " + number + ": the list has " + items.size());
        }
        return items.get(number);
    }

    private static Value keys(Value map) {
        List<Value> keys = mapping(map).entries().keySet().stream().map(Value::of).toList();
        return map instanceof Value.Dictionary ? new Value.Listing(keys) : new Value.Tuple(keys);
    }

    private static Value values(Value map) {
        List<Value> values = List.copyOf(mapping(map).entries().values());
        return map instanceof Value.Dictionary
                ? new Value.Listing(values)
                : new Value.Tuple(values);
    }

    private static int length(Value collection) {
        return collection instanceof Value.Dictionary map
                ? map.entries().size()
                : items(collection).size();
    }

    private static Value lookup(List<Value> arguments) {
        Value.Mapping map = Arguments.as(Arguments::mapping, arguments, 0);
        Value found = map.entries().get(text(arguments, 1));
        if (map instanceof Value.Dictionary && !map.entries().isEmpty()) {
            Type element = Type.of(map.entries().firstEntry().getValue());
            Value otherwise = Arguments.as(value -> Conversion.to(element, value), arguments, 2);
            return found != null ? found : otherwise;
        }
        return found != null ? found : arguments.get(2);
    }

    private static Value merged(List<Value> maps) {
        Map<String, Value> merged = new TreeMap<>();
        boolean typed = true;
        for (Value map : maps) {
            if (!(map instanceof Value.Null)) {
                merged.putAll(mapping(map).entries());
                typed &= map instanceof Value.Dictionary;
            }
        }
        boolean alike = merged.values().stream().map(Type::of).distinct().count() <= 1;
        return typed && alike && !merged.isEmpty()
                ? new Value.Dictionary(Value.sorted(merged))
                : new Value.Structure(Value.sorted(merged));
    }

    private static Value slice(List<Value> arguments, int start, int end) {
        Value list = arguments.getFirst();
        List<Value> items = ordered(arguments, 0);
        if (start < 0 || end > items.size() || start > end) {
            throw Mistake.of(
                    "from %d to %d is no part of a list of %d".formatted(start, end, items.size()));
        }
        List<Value> part = items.subList(start, end);
        return list instanceof Value.Tuple ? new Value.Tuple(part) : new Value.Listing(part);
    }

    private static Value sorted(Value list) {
        List<Value> texts = texts(list).stream().map(Value::of).toList();
        List<Value> sorted = new ArrayList<>(texts);
        sorted.sort(Value.order());
        return new Value.Listing(sorted);
    }

    private static Value zipped(List<Value> arguments) {
        Value values = arguments.get(1);
        List<String> names = texts(arguments.getFirst());
        List<Value> items = ordered(arguments, 1);
        if (names.size() != items.size()) {
            throw Mistake.of(
                    "there are %d keys, but %d values".formatted(names.size(), items.size()));
        }
        Map<String, Value> map = new TreeMap<>();
        for (int i = 0; i < names.size(); i++) {
            map.put(names.get(i), items.get(i));
        }
        return values instanceof Value.Tuple
                ? new Value.Structure(Value.sorted(map))
                : new Value.Dictionary(Value.sorted(map));
    }
}
