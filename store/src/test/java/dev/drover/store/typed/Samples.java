package dev.drover.store.typed;

import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Shape;
import dev.drover.manifests.shape.UnionShape;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A record of any type with something in every component, or with nothing that could be left out.
/// The same one every time.
final class Samples {
    /// Records contain themselves: deeper than this, lists are empty.
    private static final int DEPTH = 8;

    private Samples() {}

    static Record full(Class<? extends Record> type) {
        return (Record) full(new Shape.Struct(type), type.getSimpleName(), 0);
    }

    static Record bare(Class<? extends Record> type) {
        return (Record) bare(new Shape.Struct(type));
    }

    private static Object full(Shape shape, String name, int depth) {
        return switch (shape) {
            case Shape.Text _ -> name + "-ü";
            case Shape.Flag _ -> true;
            case Shape.Int _ -> name.length() - 5;
            case Shape.Wide _ -> (long) name.length() << 33;
            case Shape.Decimal _ -> new BigDecimal("1.50");
            case Shape.Moment _ -> Instant.parse("2026-11-24T20:00:00.000000123Z");
            case Shape.Span _ -> Duration.ofMillis(-1500);
            case Shape.Choice(var type) ->
                    type.getEnumConstants()[name.length() % type.getEnumConstants().length];
            case Shape.Maybe(Shape of) ->
                    depth > DEPTH ? Optional.empty() : Optional.of(full(of, name, depth + 1));
            case Shape.Items(Shape of) ->
                    depth > DEPTH
                            ? List.of()
                            : List.of(full(of, name, depth + 1), full(of, name + "2", depth + 1));
            case Shape.Fields(Shape of) ->
                    depth > DEPTH
                            ? Map.of()
                            : Map.of(
                                    "k", full(of, name, depth + 1), "~", full(of, name, depth + 1));
            case Shape.Struct(var type) -> {
                RecordShape record = RecordShape.of(type);
                yield record.create(
                        record.components().stream()
                                .map(c -> full(c.shape(), c.name(), depth + 1))
                                .toArray());
            }
            case Shape.Union(var type) -> {
                var variants = UnionShape.of(type).variants();
                var variant = variants.get((name.length() + depth) % variants.size());
                yield full(new Shape.Struct(variant), name, depth + 1);
            }
        };
    }

    private static Object bare(Shape shape) {
        return switch (shape) {
            case Shape.Text _ -> "";
            case Shape.Flag _ -> false;
            case Shape.Int _ -> 0;
            case Shape.Wide _ -> 0L;
            case Shape.Decimal _ -> BigDecimal.ZERO;
            case Shape.Moment _ -> Instant.EPOCH;
            case Shape.Span _ -> Duration.ZERO;
            case Shape.Choice(var type) -> type.getEnumConstants()[0];
            case Shape.Maybe _ -> Optional.empty();
            case Shape.Items _ -> List.of();
            case Shape.Fields _ -> Map.of();
            case Shape.Struct(var type) -> {
                RecordShape record = RecordShape.of(type);
                yield record.create(
                        record.components().stream()
                                .map(Component::shape)
                                .map(Samples::bare)
                                .toArray());
            }
            case Shape.Union(var type) ->
                    bare(new Shape.Struct(UnionShape.of(type).variants().getFirst()));
        };
    }
}
