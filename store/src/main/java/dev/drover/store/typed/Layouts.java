package dev.drover.store.typed;

import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Shape;
import dev.drover.manifests.shape.UnionShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The layouts of some records and of everything they are made of, and the numbers of their
/// constants and variants.
final class Layouts {
    private final FieldIds ids;
    private final Map<Class<?>, Layout> records = new HashMap<>();
    private final Map<Class<?>, Numbered<Object>> constants = new HashMap<>();
    private final Map<Class<?>, Numbered<Class<? extends Record>>> variants = new HashMap<>();

    /// Things and their numbers, both ways.
    record Numbered<T>(Map<T, Integer> ids, Map<Integer, T> things) {
        static <T> Numbered<T> of(Map<T, Integer> ids) {
            Map<Integer, T> things = new HashMap<>();
            ids.forEach((thing, id) -> things.put(id, thing));
            return new Numbered<>(Map.copyOf(ids), Map.copyOf(things));
        }

        T thing(long id, Class<?> of) {
            T thing = things.get((int) id);
            if (thing == null) {
                throw new IllegalStateException(
                        "%s has no number %d: written by a newer version of the program?"
                                .formatted(FieldIds.nameOf(of), id));
            }
            return thing;
        }

        int id(T thing) {
            return Objects.requireNonNull(ids.get(thing), thing::toString);
        }
    }

    /// @throws IllegalStateException when a name has no number
    Layouts(FieldIds ids, List<Class<? extends Record>> roots) {
        this.ids = ids;
        roots.forEach(root -> add(new Shape.Struct(root)));
    }

    private void add(Shape shape) {
        switch (shape) {
            case Shape.Struct(var type) -> addRecord(type);
            case Shape.Union(var type) -> addUnion(type);
            case Shape.Choice(var type) -> addConstants(type);
            case Shape.Maybe(Shape of) -> add(of);
            case Shape.Items(Shape of) -> add(of);
            case Shape.Fields(Shape of) -> add(of);
            case Shape.Text _, Shape.Flag _, Shape.Int _, Shape.Wide _ -> {}
            case Shape.Decimal _, Shape.Moment _, Shape.Span _ -> {}
        }
    }

    private void addRecord(Class<? extends Record> type) {
        if (!records.containsKey(type)) {
            records.put(type, Layout.of(type, ids));
            RecordShape.of(type).components().forEach(c -> add(c.shape()));
        }
    }

    private void addUnion(Class<?> type) {
        if (!variants.containsKey(type)) {
            Map<Class<? extends Record>, Integer> numbers = new HashMap<>();
            UnionShape.of(type)
                    .variants()
                    .forEach(v -> numbers.put(v, ids.id(type, v.getSimpleName())));
            variants.put(type, Numbered.of(numbers));
            numbers.keySet().forEach(this::addRecord);
        }
    }

    private void addConstants(Class<? extends Enum<?>> type) {
        Map<Object, Integer> numbers = new HashMap<>();
        for (Enum<?> constant : type.getEnumConstants()) {
            numbers.put(constant, ids.id(type, constant.name()));
        }
        constants.put(type, Numbered.of(numbers));
    }

    Layout record(Class<?> type) {
        return known(records, type);
    }

    Numbered<Object> constants(Class<?> type) {
        return known(constants, type);
    }

    Numbered<Class<? extends Record>> variants(Class<?> type) {
        return known(variants, type);
    }

    private static <T> T known(Map<Class<?>, T> map, Class<?> type) {
        T known = map.get(type);
        if (known == null) {
            throw new IllegalStateException(type + " is no part of what is stored");
        }
        return known;
    }
}
