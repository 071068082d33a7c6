package dev.drover.manifests;

import dev.drover.manifests.model.Value;
import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Records;
import dev.drover.manifests.shape.Shape;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A record, once for each field in it, however deep: with that field changed and nothing else.
public final class Changed {
    private Changed() {}

    /// A record with one change, and where it is: components and keys, with the numbers of items.
    public record One<R extends Record>(List<String> way, R record) {}

    /// All of them. Of the items of a list the first is changed.
    public static <R extends Record> List<One<R>> each(R record) {
        List<One<R>> all = new ArrayList<>();
        for (Component component : RecordShape.of(record.getClass()).components()) {
            for (Other other : others(component.shape(), component.read(record))) {
                List<String> way = new ArrayList<>(List.of(component.name()));
                way.addAll(other.way());
                all.add(new One<>(way, Records.with(record, component.name(), other.value())));
            }
        }
        return all;
    }

    private record Other(List<String> way, Object value) {}

    private static List<Other> others(Shape shape, Object value) {
        return switch (shape) {
            case Shape.Text _ -> leaf(value + "!");
            case Shape.Flag _ -> leaf(!(Boolean) value);
            case Shape.Int _ -> leaf((Integer) value + 1);
            case Shape.Wide _ -> leaf((Long) value + 1);
            case Shape.Decimal _ -> leaf(((BigDecimal) value).add(BigDecimal.ONE));
            case Shape.Span _ -> leaf(((Duration) value).plusSeconds(1));
            case Shape.Choice(var type) -> {
                Enum<?>[] words = type.getEnumConstants();
                yield leaf(value.equals(words[0]) ? words[1] : words[0]);
            }
            case Shape.Maybe(Shape of) ->
                    others(of, ((Optional<?>) value).orElseThrow()).stream()
                            .map(other -> new Other(other.way(), Optional.of(other.value())))
                            .toList();
            case Shape.Items(Shape of) -> items(of, (List<?>) value);
            case Shape.Fields(Shape of) -> fields(of, (Map<?, ?>) value);
            case Shape.Struct _ ->
                    each((Record) value).stream()
                            .map(one -> new Other(one.way(), one.record()))
                            .toList();
            case Shape.Union(var type) when type == Value.class -> opaque((Value.Fields) value);
            case Shape.Moment _, Shape.Union _ ->
                    throw new IllegalArgumentException("no job holds " + shape);
        };
    }

    private static List<Other> leaf(Object value) {
        return List.of(new Other(List.of(), value));
    }

    private static List<Other> items(Shape of, List<?> items) {
        return others(of, items.getFirst()).stream()
                .map(other -> {
                    List<Object> changed = new ArrayList<>(items);
                    changed.set(0, other.value());
                    List<String> way = new ArrayList<>();
                    if (of instanceof Shape.Struct) {
                        way.add("[0]");
                    }
                    way.addAll(other.way());
                    return new Other(way, changed);
                })
                .toList();
    }

    private static List<Other> fields(Shape of, Map<?, ?> fields) {
        List<Other> all = new ArrayList<>();
        fields.forEach((key, value) -> {
            for (Other other : others(of, value)) {
                Map<Object, Object> changed = new TreeMap<>(fields);
                changed.put(key, other.value());
                List<String> way = new ArrayList<>(List.of(key.toString()));
                way.addAll(other.way());
                all.add(new Other(way, changed));
            }
        });
        return all;
    }

    /// The text of an opaque value, somewhere inside of it.
    private static List<Other> opaque(Value.Fields value) {
        Map<String, Value> changed = new TreeMap<>(value.fields());
        changed.put("text", new Value.Text("another one"));
        return List.of(new Other(List.of("text"), new Value.Fields(changed)));
    }
}
