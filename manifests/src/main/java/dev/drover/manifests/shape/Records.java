package dev.drover.manifests.shape;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Changed copies of records, by component name: for records of many components, where a
/// constructor call would hide the one that changes.
public final class Records {
    private Records() {}

    /// A copy with another value of one component; the record itself when it has that very value.
    ///
    /// @throws IllegalArgumentException when the record has no such component
    @SuppressWarnings("ReferenceEquality") // the very same: to find equals costs more than a copy
    public static <R extends Record> R with(R record, String name, Object value) {
        RecordShape shape = RecordShape.of(record.getClass());
        Component changed =
                shape.component(name, Dialect.DROVER)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        record.getClass().getSimpleName() + " has no " + name));
        if (changed.read(record) == value) {
            return record;
        }
        List<Component> components = shape.components();
        Object[] values = new Object[components.size()];
        for (int i = 0; i < values.length; i++) {
            Component component = components.get(i);
            values[i] = component == changed ? value : component.read(record);
        }
        return made(record, values);
    }

    /// Each item changed; the list itself when none is.
    @SuppressWarnings("ReferenceEquality") // as above
    public static <T> List<T> each(List<T> items, UnaryOperator<T> change) {
        List<T> changed = new ArrayList<>(items.size());
        boolean other = false;
        for (T item : items) {
            T next = change.apply(item);
            other |= next != item;
            changed.add(next);
        }
        return other ? List.copyOf(changed) : items;
    }

    /// The optional components that have a value, by name.
    public static Map<String, Object> stated(Record record) {
        Map<String, Object> stated = new LinkedHashMap<>();
        for (Component component : RecordShape.of(record.getClass()).components()) {
            if (component.read(record) instanceof Optional<?> optional && optional.isPresent()) {
                stated.put(component.name(), optional.get());
            }
        }
        return stated;
    }

    @SuppressWarnings("unchecked") // a record's class is what it is made of again
    private static <R extends Record> R made(R like, Object[] values) {
        return (R) RecordShape.of(like.getClass()).create(values);
    }
}
