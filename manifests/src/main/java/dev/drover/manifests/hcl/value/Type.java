package dev.drover.manifests.hcl.value;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The type of a value, or what a variable's type constraint asks for.
public sealed interface Type {

    /// The types without parts, and `any`, which every value fits.
    enum Simple implements Type {
        STRING("string"),
        NUMBER("number"),
        BOOL("bool"),
        ANY("any");

        private final String word;

        Simple(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    /// `list(T)`
    record ListOf(Type element) implements Type {
        @Override
        public String toString() {
            return "list of " + element;
        }
    }

    /// `set(T)`
    record SetOf(Type element) implements Type {
        @Override
        public String toString() {
            return "set of " + element;
        }
    }

    /// `map(T)`
    record MapOf(Type element) implements Type {
        @Override
        public String toString() {
            return "map of " + element;
        }
    }

    /// `tuple([A, B])`
    record TupleOf(List<Type> elements) implements Type {
        public TupleOf {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return "tuple";
        }
    }

    /// `object({a = A, b = optional(B)})`
    record ObjectOf(SortedMap<String, Type> attributes, Set<String> optional) implements Type {
        public ObjectOf {
            optional = Set.copyOf(optional);
        }

        @Override
        public String toString() {
            return "object";
        }
    }

    /// The type of a value as it stands; null and what is in empty lists is `any`.
    static Type of(Value value) {
        return switch (value) {
            case Value.Text _ -> Simple.STRING;
            case Value.Num _ -> Simple.NUMBER;
            case Value.Truth _ -> Simple.BOOL;
            case Value.Null _ -> Simple.ANY;
            case Value.Tuple tuple -> new TupleOf(tuple.items().stream().map(Type::of).toList());
            case Value.Listing list -> new ListOf(ofFirst(list.items()));
            case Value.Group set -> new SetOf(ofFirst(set.items()));
            case Value.Dictionary map -> new MapOf(ofFirst(map.entries().values()));
            case Value.Structure object -> ofObject(object);
        };
    }

    private static Type ofFirst(Collection<Value> items) {
        return items.stream()
                .filter(item -> !(item instanceof Value.Null))
                .findFirst()
                .map(Type::of)
                .orElse(Simple.ANY);
    }

    private static Type ofObject(Value.Structure object) {
        SortedMap<String, Type> attributes = new TreeMap<>();
        object.entries().forEach((name, value) -> attributes.put(name, of(value)));
        return new ObjectOf(attributes, Set.of());
    }

    /// One type that values of all of these convert to: text for text, numbers and truths, if there
    /// is text among them; a list for tuples of different lengths; a map for objects of different
    /// attributes. Empty when there is none.
    static Optional<Type> unify(List<Type> types) {
        List<Type> known = types.stream().filter(type -> type != Simple.ANY).distinct().toList();
        if (known.size() <= 1) {
            return Optional.of(known.isEmpty() ? Simple.ANY : known.getFirst());
        }
        if (known.stream().allMatch(Simple.class::isInstance)) {
            return Optional.of(Simple.STRING).filter(known::contains).map(Type.class::cast);
        }
        if (known.stream().allMatch(Type::isSequence)) {
            return unifySequences(known);
        }
        if (known.stream().allMatch(Type::isMapping)) {
            return unifyMappings(known);
        }
        return Optional.empty();
    }

    private static boolean isSequence(Type type) {
        return type instanceof TupleOf || type instanceof ListOf || type instanceof SetOf;
    }

    private static boolean isMapping(Type type) {
        return type instanceof ObjectOf || type instanceof MapOf;
    }

    private static Optional<Type> unifySequences(List<Type> types) {
        List<TupleOf> tuples =
                types.stream().filter(TupleOf.class::isInstance).map(TupleOf.class::cast).toList();
        int size = tuples.isEmpty() ? 0 : tuples.getFirst().elements().size();
        if (tuples.size() == types.size()
                && tuples.stream().allMatch(tuple -> tuple.elements().size() == size)) {
            return unifyTuples(tuples, size);
        }
        List<Type> sets = types.stream().filter(SetOf.class::isInstance).toList();
        if (sets.size() == 1 && tuples.size() == types.size() - 1) {
            return Optional.of(sets.getFirst()); // what stands in brackets becomes what the set is
        }
        boolean onlySets = sets.size() == types.size();
        return unify(types.stream().flatMap(type -> elements(type).stream()).toList())
                .map(element -> onlySets ? new SetOf(element) : new ListOf(element));
    }

    private static Optional<Type> unifyTuples(List<TupleOf> tuples, int size) {
        List<Type> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int at = i;
            Optional<Type> element =
                    unify(tuples.stream().map(tuple -> tuple.elements().get(at)).toList());
            if (element.isEmpty()) {
                return Optional.empty();
            }
            elements.add(element.get());
        }
        return Optional.of(new TupleOf(elements));
    }

    private static Optional<Type> unifyMappings(List<Type> types) {
        Set<Set<String>> names =
                types.stream()
                        .map(type ->
                                type instanceof ObjectOf object
                                        ? object.attributes().keySet()
                                        : Set.<String>of())
                        .collect(Collectors.toSet());
        if (types.stream().allMatch(ObjectOf.class::isInstance) && names.size() == 1) {
            SortedMap<String, Type> attributes = new TreeMap<>();
            for (String name : names.iterator().next()) {
                Optional<Type> attribute =
                        unify(
                                types.stream()
                                        .flatMap(type ->
                                                type instanceof ObjectOf object
                                                        ? Optional.ofNullable(
                                                                object.attributes().get(name))
                                                                .stream()
                                                        : java.util.stream.Stream.<Type>empty())
                                        .toList());
                if (attribute.isEmpty()) {
                    return Optional.empty();
                }
                attributes.put(name, attribute.get());
            }
            return Optional.of(new ObjectOf(attributes, Set.of()));
        }
        return unify(types.stream().flatMap(type -> elements(type).stream()).toList())
                .map(MapOf::new);
    }

    private static Collection<Type> elements(Type type) {
        return switch (type) {
            case Simple _ -> List.of();
            case ListOf(Type element) -> List.of(element);
            case SetOf(Type element) -> List.of(element);
            case MapOf(Type element) -> List.of(element);
            case TupleOf(List<Type> elements) -> elements;
            case ObjectOf(Map<String, Type> attributes, Set<String> _) -> attributes.values();
        };
    }
}
