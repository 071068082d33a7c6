package dev.drover.manifests.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.Durations;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Shape;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Writes records field by field, led by their shapes.
final class Writing {
    private Writing() {}

    static void record(JsonGenerator json, Record value) throws IOException {
        json.writeStartObject();
        components(json, value);
        json.writeEndObject();
    }

    static void components(JsonGenerator json, Record value) throws IOException {
        for (Component component : RecordShape.of(value.getClass()).components()) {
            Optional<Object> content = content(component.shape(), component.read(value));
            if (content.isPresent()) {
                json.writeFieldName(component.name());
                any(json, inner(component.shape()), content.get());
            }
        }
    }

    /// A variant of a sealed interface: its name as `type`, then its fields.
    static void variant(JsonGenerator json, Record value) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", word(value.getClass()));
        components(json, value);
        json.writeEndObject();
    }

    static Shape inner(Shape shape) {
        return shape instanceof Shape.Maybe(Shape of) ? of : shape;
    }

    private static Optional<Object> content(Shape shape, Object value) {
        return switch (shape) {
            case Shape.Maybe _ -> ((Optional<?>) value).map(v -> v);
            case Shape.Text _ -> Optional.of(value).filter(v -> !v.equals(""));
            case Shape.Items _ -> Optional.of(value).filter(v -> !((List<?>) v).isEmpty());
            case Shape.Fields _ -> Optional.of(value).filter(v -> !((Map<?, ?>) v).isEmpty());
            case Shape.Flag _, Shape.Int _, Shape.Wide _, Shape.Decimal _, Shape.Moment _ ->
                    Optional.of(value);
            case Shape.Span _, Shape.Choice _, Shape.Struct _, Shape.Union _ -> Optional.of(value);
        };
    }

    private static void any(JsonGenerator json, Shape shape, Object value) throws IOException {
        switch (shape) {
            case Shape.Text _ -> json.writeString((String) value);
            case Shape.Flag _ -> json.writeBoolean((Boolean) value);
            case Shape.Int _, Shape.Wide _ -> json.writeNumber(((Number) value).longValue());
            case Shape.Decimal _ -> json.writeNumber((BigDecimal) value);
            case Shape.Moment _ -> json.writeString(value.toString());
            case Shape.Span _ -> json.writeString(Durations.text((Duration) value));
            case Shape.Choice _ -> json.writeString(word((Enum<?>) value));
            case Shape.Maybe(Shape of) -> any(json, of, value);
            case Shape.Items(Shape of) -> items(json, of, (List<?>) value);
            case Shape.Fields(Shape of) -> fields(json, of, (Map<?, ?>) value);
            case Shape.Struct _ -> record(json, (Record) value);
            case Shape.Union(var type) when type == Value.class -> value(json, (Value) value);
            case Shape.Union _ -> variant(json, (Record) value);
        }
    }

    private static void items(JsonGenerator json, Shape of, List<?> items) throws IOException {
        json.writeStartArray();
        for (Object item : items) {
            any(json, of, item);
        }
        json.writeEndArray();
    }

    private static void fields(JsonGenerator json, Shape of, Map<?, ?> fields) throws IOException {
        json.writeStartObject();
        for (Map.Entry<?, ?> field : fields.entrySet()) {
            json.writeFieldName((String) field.getKey());
            any(json, of, field.getValue());
        }
        json.writeEndObject();
    }

    static void value(JsonGenerator json, Value value) throws IOException {
        switch (value) {
            case Value.Text(String text) -> json.writeString(text);
            case Value.Num(BigDecimal number) -> json.writeNumber(number);
            case Value.Bool(boolean flag) -> json.writeBoolean(flag);
            case Value.Nothing() -> json.writeNull();
            case Value.Items(List<Value> items) -> {
                json.writeStartArray();
                for (Value item : items) {
                    value(json, item);
                }
                json.writeEndArray();
            }
            case Value.Fields(Map<String, Value> fields) -> {
                json.writeStartObject();
                for (Map.Entry<String, Value> field : fields.entrySet()) {
                    json.writeFieldName(field.getKey());
                    value(json, field.getValue());
                }
                json.writeEndObject();
            }
        }
    }

    /// A constant as written: `down`; a kind as after `kind:`.
    static String word(Enum<?> constant) {
        return constant instanceof Kind kind
                ? kind.text()
                : constant.name().toLowerCase(Locale.ROOT);
    }

    /// A variant as written: `OutOfMemory` is `outOfMemory`.
    static String word(Class<?> variant) {
        String name = variant.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }
}
