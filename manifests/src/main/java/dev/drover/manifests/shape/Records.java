package dev.drover.manifests.shape;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Changed copies of records, by component name: for records of many components, where a
/// constructor call would hide the one that changes.
public final class Records {
    private Records() {}

    /// A copy with another value of one component.
    ///
    /// @throws IllegalArgumentException when the record has no such component
    public static <R extends Record> R with(R record, String name, Object value) {
        List<Component> components = RecordShape.of(record.getClass()).components();
        if (components.stream().noneMatch(component -> component.name().equals(name))) {
            throw new IllegalArgumentException(
                    record.getClass().getSimpleName() + " has no " + name);
        }
        Object[] values =
                components.stream()
                        .map(component ->
                                component.name().equals(name) ? value : component.read(record))
                        .toArray();
        return made(record, values);
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
