package dev.drover.manifests.shape;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Gives empty `Optional` components a value, all through a record and the records inside of it:
/// from a table by record type and component name. What is filled in is filled in turn.
@SuppressWarnings("ReferenceEquality") // what stays as it is stays the same object
public final class Filler {
    private final Map<Class<? extends Record>, Map<String, ?>> values;

    /// Whether the table has anything for a record of a type or those inside of it.
    private final Map<Class<? extends Record>, Boolean> concerned = new ConcurrentHashMap<>();

    /// @throws IllegalArgumentException when the table names a component that does not exist or
    ///   cannot be absent
    public Filler(Map<Class<? extends Record>, Map<String, ?>> values) {
        this.values = Map.copyOf(values);
        this.values.forEach(
                (type, components) -> components.keySet().forEach(name -> check(type, name)));
    }

    private static void check(Class<? extends Record> type, String name) {
        boolean fits =
                RecordShape.of(type)
                        .component(name, Dialect.DROVER)
                        .filter(component -> component.shape() instanceof Shape.Maybe)
                        .isPresent();
        if (!fits) {
            throw new IllegalArgumentException(type.getSimpleName() + " has no optional " + name);
        }
    }

    /// The record with its blanks filled; the record itself when it has none.
    public <R extends Record> R fill(R record) {
        @SuppressWarnings("unchecked") // a record's class is what it is made of again
        Class<R> type = (Class<R>) record.getClass();
        RecordShape shape = RecordShape.of(type);
        if (!concerned.computeIfAbsent(type, _ -> concerns(shape))) {
            return record;
        }
        Map<String, ?> own = values.getOrDefault(type, Map.of());
        List<Component> components = shape.components();
        Object[] filled = new Object[components.size()];
        boolean other = false;
        for (int i = 0; i < filled.length; i++) {
            Object value = components.get(i).read(record);
            filled[i] = value(components.get(i), value, own);
            other |= filled[i] != value;
        }
        return other ? type.cast(shape.create(filled)) : record;
    }

    private boolean concerns(RecordShape shape) {
        return values.keySet().stream().anyMatch(shape.inside()::contains);
    }

    private Object value(Component component, Object value, Map<String, ?> own) {
        boolean blank = value instanceof Optional<?> optional && optional.isEmpty();
        Object given = blank ? own.get(component.name()) : null;
        return inside(component.shape(), given != null ? Optional.of(given) : value);
    }

    private Object inside(Shape shape, Object value) {
        return switch (shape) {
            case Shape.Struct _ -> fill((Record) value);
            case Shape.Maybe(Shape of) -> maybe(of, (Optional<?>) value);
            case Shape.Items(Shape.Struct of) -> items(of, (List<?>) value);
            case Shape.Fields(Shape.Struct of) -> fields(of, (Map<?, ?>) value);
            case Shape.Scalar _, Shape.Items _, Shape.Fields _, Shape.Union _ -> value;
        };
    }

    private List<?> items(Shape of, List<?> value) {
        List<Object> items = Collections.unmodifiableList(value);
        List<Object> filled = Records.each(items, item -> inside(of, item));
        return filled == items ? value : filled;
    }

    private Optional<?> maybe(Shape of, Optional<?> value) {
        if (value.isEmpty()) {
            return value;
        }
        Object inner = value.get();
        Object filled = inside(of, inner);
        return filled == inner ? value : Optional.of(filled);
    }

    private Map<Object, Object> fields(Shape of, Map<?, ?> fields) {
        Map<Object, Object> filled = new LinkedHashMap<>();
        fields.forEach((name, value) -> filled.put(name, inside(of, value)));
        return filled;
    }
}
