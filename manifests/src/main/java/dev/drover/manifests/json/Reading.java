package dev.drover.manifests.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.drover.manifests.model.Value;
import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.Durations;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Shape;
import dev.drover.manifests.shape.UnionShape;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads records field by field, led by their shapes. Every method begins at the first token of a
/// value and stops at its last.
final class Reading {
    private Reading() {}

    static Record record(JsonParser json, Class<? extends Record> type) throws IOException {
        expect(json, JsonToken.START_OBJECT);
        json.nextToken();
        return rest(json, type);
    }

    /// The fields from the current one on, until the object's end.
    private static Record rest(JsonParser json, Class<? extends Record> type) throws IOException {
        List<Component> components = RecordShape.of(type).components();
        Map<String, Object> found = new HashMap<>();
        while (json.currentToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            Optional<Component> component =
                    components.stream().filter(c -> c.name().equals(name)).findFirst();
            boolean given = json.nextToken() != JsonToken.VALUE_NULL;
            if (component.isPresent() && given) {
                found.put(name, any(json, component.get().shape()));
            } else {
                json.skipChildren();
            }
            json.nextToken();
        }
        expect(json, JsonToken.END_OBJECT);
        Object[] values = new Object[components.size()];
        for (int i = 0; i < values.length; i++) {
            Component component = components.get(i);
            Object value = found.get(component.name());
            values[i] = value == null ? absent(json, component) : value;
        }
        return (Record) RecordShape.of(type).create(values);
    }

    /// An object whose first field is `type`.
    static Record variant(JsonParser json, Class<?> union) throws IOException {
        expect(json, JsonToken.START_OBJECT);
        if (json.nextToken() != JsonToken.FIELD_NAME || !json.currentName().equals("type")) {
            throw wrong(json, "the first field of this object must be \"type\"");
        }
        json.nextToken();
        String word = text(json);
        for (Class<? extends Record> variant : UnionShape.of(union).variants()) {
            if (Writing.word(variant).equals(word)) {
                json.nextToken();
                return rest(json, variant);
            }
        }
        throw wrong(json, "type \"%s\" is none of %s".formatted(word, union.getSimpleName()));
    }

    private static Object any(JsonParser json, Shape shape) throws IOException {
        return switch (shape) {
            case Shape.Text _ -> text(json);
            case Shape.Flag _ -> json.getBooleanValue();
            case Shape.Int _ -> json.getIntValue();
            case Shape.Wide _ -> json.getLongValue();
            case Shape.Decimal _ -> json.getDecimalValue();
            case Shape.Moment _ -> moment(json);
            case Shape.Span _ ->
                    Durations.parse(text(json))
                            .orElseThrow(() -> wrong(json, "not a duration like 1m30s"));
            case Shape.Choice(var type) -> constant(json, type);
            case Shape.Maybe(Shape of) -> Optional.of(any(json, of));
            case Shape.Items(Shape of) -> items(json, of);
            case Shape.Fields(Shape of) -> fields(json, of);
            case Shape.Struct(var type) -> record(json, type);
            case Shape.Union(var type) when type == Value.class -> value(json);
            case Shape.Union(var type) -> variant(json, type);
        };
    }

    private static Object absent(JsonParser json, Component component) throws IOException {
        return switch (component.shape()) {
            case Shape.Text _ -> "";
            case Shape.Flag _ -> false;
            case Shape.Int _ -> 0;
            case Shape.Wide _ -> 0L;
            case Shape.Maybe _ -> Optional.empty();
            case Shape.Items _ -> List.of();
            case Shape.Fields _ -> Map.of();
            case Shape.Decimal _, Shape.Moment _, Shape.Span _, Shape.Choice _ ->
                    throw wrong(json, component.name() + " is missing");
            case Shape.Struct _, Shape.Union _ ->
                    throw wrong(json, component.name() + " is missing");
        };
    }

    private static String text(JsonParser json) throws IOException {
        expect(json, JsonToken.VALUE_STRING);
        return json.getText();
    }

    private static Instant moment(JsonParser json) throws IOException {
        try {
            return Instant.parse(text(json));
        } catch (DateTimeParseException e) {
            throw wrong(json, "not a time in ISO 8601: " + e.getParsedString());
        }
    }

    private static Enum<?> constant(JsonParser json, Class<? extends Enum<?>> type)
            throws IOException {
        String word = text(json);
        for (Enum<?> constant : type.getEnumConstants()) {
            if (Writing.word(constant).equals(word)) {
                return constant;
            }
        }
        throw wrong(json, "\"%s\" is none of %s".formatted(word, type.getSimpleName()));
    }

    private static List<Object> items(JsonParser json, Shape of) throws IOException {
        expect(json, JsonToken.START_ARRAY);
        List<Object> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(any(json, of));
        }
        return items;
    }

    private static Map<String, Object> fields(JsonParser json, Shape of) throws IOException {
        expect(json, JsonToken.START_OBJECT);
        Map<String, Object> fields = new TreeMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            fields.put(name, any(json, of));
        }
        expect(json, JsonToken.END_OBJECT);
        return fields;
    }

    static Value value(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_STRING -> new Value.Text(json.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                    new Value.Num(new BigDecimal(json.getText()));
            case VALUE_TRUE -> new Value.Bool(true);
            case VALUE_FALSE -> new Value.Bool(false);
            case VALUE_NULL -> new Value.Nothing();
            case START_ARRAY -> {
                List<Value> items = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(json));
                }
                yield new Value.Items(items);
            }
            case START_OBJECT -> {
                Map<String, Value> fields = new TreeMap<>();
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    fields.put(name, value(json));
                }
                yield new Value.Fields(fields);
            }
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw wrong(json, "a value is missing");
        };
    }

    private static void expect(JsonParser json, JsonToken token) throws IOException {
        if (json.currentToken() != token) {
            throw wrong(json, "%s where %s belongs".formatted(json.currentToken(), token));
        }
    }

    private static IOException wrong(JsonParser json, String what) {
        var at = json.currentLocation();
        return new IOException(
                "%s (line %d, column %d)".formatted(what, at.getLineNr(), at.getColumnNr()));
    }
}
