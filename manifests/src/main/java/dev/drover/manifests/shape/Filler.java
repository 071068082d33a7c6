package dev.drover.manifests.shape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives empty `Optional` components a value, all through a record and the records inside of it:
/// from a table by record type and component name. What is filled in is filled in turn.
public final class Filler {
    private final Map<Class<? extends Record>, Map<String, ?>> values;

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

    /// The record with its blanks filled.
    public <R extends Record> R fill(R record) {
        @SuppressWarnings("unchecked") // a record's class is what it is made of again
        Class<R> type = (Class<R>) record.getClass();
        Map<String, ?> own = values.getOrDefault(type, Map.of());
        RecordShape shape = RecordShape.of(type);
        Object[] components =
                shape.components().stream()
                        .map(component -> value(component, component.read(record), own))
                        .toArray();
        return type.cast(shape.create(components));
    }

    private Object value(Component component, Object value, Map<String, ?> own) {
        boolean blank = value instanceof Optional<?> optional && optional.isEmpty();
        Object given = own.get(component.name());
        return inside(component.shape(), blank && given != null ? Optional.of(given) : value);
    }

    private Object inside(Shape shape, Object value) {
        return switch (shape) {
            case Shape.Struct _ -> fill((Record) value);
            case Shape.Maybe(Shape of) -> ((Optional<?>) value).map(inner -> inside(of, inner));
            case Shape.Items(Shape.Struct of) ->
                    ((List<?>) value).stream().map(item -> inside(of, item)).toList();
            case Shape.Fields(Shape.Struct of) -> fields(of, (Map<?, ?>) value);
            case Shape.Scalar _, Shape.Items _, Shape.Fields _, Shape.Union _ -> value;
        };
    }

    private Map<Object, Object> fields(Shape of, Map<?, ?> fields) {
        Map<Object, Object> filled = new LinkedHashMap<>();
        fields.forEach((name, value) -> filled.put(name, inside(of, value)));
        return filled;
    }
}
