package dev.drover.store.typed;

import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Shape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one record type is stored: its fields by ascending number.
record Layout(RecordShape shape, List<Field> fields) {
    /// @param index the component's place in the constructor
    record Field(int id, int index, Component component) {
        Shape shape() {
            return component.shape();
        }
    }

    /// The field of a number; null when this program has none. Numbers go up from 0 or 1, mostly
    /// without a gap, so a field stands at its number or a little before.
    @Nullable Field field(int id) {
        for (int at = Math.min(id, fields.size() - 1); at >= 0; at--) {
            Field field = fields.get(at);
            if (field.id == id) {
                return field;
            }
            if (field.id < id) {
                return null;
            }
        }
        return null;
    }

    static Layout of(Class<? extends Record> type, FieldIds ids) {
        RecordShape shape = RecordShape.of(type);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < shape.components().size(); i++) {
            Component component = shape.components().get(i);
            fields.add(new Field(ids.id(type, component.name()), i, component));
        }
        fields.sort(Comparator.comparingInt(Field::id));
        return new Layout(shape, List.copyOf(fields));
    }
}
