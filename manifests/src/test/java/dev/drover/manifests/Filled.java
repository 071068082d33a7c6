package dev.drover.manifests;

import dev.drover.manifests.model.Value;
import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.RecordShape;
import dev.drover.manifests.shape.Shape;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Records with a value in every component: each value another one, or all of them zero.
final class Filled {
    /// Fillings that together give every flag both values and every choice each of its words.
    static final List<Integer> SEEDS = List.of(3, 4, 5, 6, 7, 8);

    private final boolean zero;
    private int next;

    private Filled(int seed, boolean zero) {
        this.next = seed;
        this.zero = zero;
    }

    /// A record of that type; another seed gives other values.
    static <R extends Record> R record(Class<R> type, int seed) {
        return type.cast(new Filled(seed, false).struct(type));
    }

    /// A record of that type in which everything is there and nothing: 0, false, the empty text.
    static <R extends Record> R zeros(Class<R> type) {
        return type.cast(new Filled(0, true).struct(type));
    }

    private Object struct(Class<? extends Record> type) {
        List<Component> components = RecordShape.of(type).components();
        return RecordShape.of(type)
                .create(
                        components.stream()
                                .map(component -> of(component.shape(), component.name()))
                                .toArray());
    }

    private Object of(Shape shape, String name) {
        next++;
        return zero ? zero(shape, name) : value(shape, name);
    }

    private Object zero(Shape shape, String name) {
        return switch (shape) {
            case Shape.Text _ -> "";
            case Shape.Flag _ -> false;
            case Shape.Int _ -> 0;
            case Shape.Wide _ -> 0L;
            case Shape.Decimal _ -> BigDecimal.ZERO;
            case Shape.Moment _ -> Instant.EPOCH;
            case Shape.Span _ -> Duration.ZERO;
            case Shape.Choice(var type) -> type.getEnumConstants()[0];
            case Shape.Maybe(Shape of) -> Optional.of(of(of, name));
            case Shape.Items(Shape of) -> List.of(of(of, name));
            case Shape.Fields(Shape of) -> Map.of("a", of(of, name));
            case Shape.Struct(var type) -> struct(type);
            case Shape.Union(var type) when type == Value.class ->
                    new Value.Fields(Map.of("a", new Value.Text(""), "b", new Value.Nothing()));
            case Shape.Union(var type) -> throw new IllegalArgumentException("no " + type);
        };
    }

    private Object value(Shape shape, String name) {
        return switch (shape) {
            case Shape.Text _ -> name + " ${attr." + next + "} \"%{\\ü" + next;
            case Shape.Flag _ -> next % 2 == 0;
            case Shape.Int _ -> 1 + next % 120; // fits the smallest of them
            case Shape.Wide _ -> 5_000_000_000L + next;
            case Shape.Decimal _ -> BigDecimal.valueOf(next, 2);
            case Shape.Moment _ -> Instant.ofEpochSecond(next);
            case Shape.Span _ -> Duration.ofMillis(1500L + next);
            case Shape.Choice(var type) ->
                    type.getEnumConstants()[next % type.getEnumConstants().length];
            case Shape.Maybe(Shape of) -> Optional.of(of(of, name));
            case Shape.Items(Shape of) -> List.of(of(of, name), of(of, name));
            case Shape.Fields(Shape of) -> Map.of("a" + next, of(of, name), "b.c d", of(of, name));
            case Shape.Struct(var type) -> struct(type);
            case Shape.Union(var type) when type == Value.class -> opaque();
            case Shape.Union(var type) -> throw new IllegalArgumentException("no " + type);
        };
    }

    private Value opaque() {
        return new Value.Fields(
                Map.of(
                        "text", new Value.Text("line " + next + "\n  ${NOMAD_DC} $${x} ${var.y}\n"),
                        "number", new Value.Num(new BigDecimal("1.5")),
                        "list", new Value.Items(List.of(new Value.Bool(true), new Value.Nothing())),
                        "yes", new Value.Text("yes"),
                        "odd key", new Value.Fields(Map.of("12:30", new Value.Text("1e3")))));
    }
}
