package dev.drover.store.typed;

import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// How one record type is stored: its fields by ascending number.
record Layout(RecordShape shape, List<Field> fields, Map<Integer, Field> byId) {
    /// @param index the component's place in the constructor
    record Field(int id, int index, Component component) {
        Shape shape() {
            return component.shape();
        }
    }

    static Layout of(Class<? extends Record> type, FieldIds ids) {
        RecordShape shape = RecordShape.of(type);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < shape.components().size(); i++) {
            Component component = shape.components().get(i);
            fields.add(new Field(ids.id(type, component.name()), i, component));
        }
        fields.sort(Comparator.comparingInt(Field::id));
        return new Layout(
                shape,
                List.copyOf(fields),
                fields.stream().collect(Collectors.toMap(Field::id, Function.identity())));
    }
}
