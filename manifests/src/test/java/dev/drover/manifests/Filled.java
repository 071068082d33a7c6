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

/// Records with a value in every component, each value another one.
final class Filled {
    private int next = 3;

    /// A record of that type.
    static <R extends Record> R record(Class<R> type) {
        return type.cast(new Filled().struct(type));
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
        return switch (shape) {
            case Shape.Text _ -> name + " ${attr." + next + "} \"%{\\ü" + next;
            case Shape.Flag _ -> next % 2 == 0;
            case Shape.Int _ -> next;
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
            case Shape.Union(var type) when type == Value.class -> value();
            case Shape.Union(var type) -> throw new IllegalArgumentException("no " + type);
        };
    }

    private Value value() {
        return new Value.Fields(
                Map.of(
                        "text", new Value.Text("line " + next + "\n  ${NOMAD_DC} $${x} ${var.y}\n"),
                        "number", new Value.Num(new BigDecimal("1.5")),
                        "list", new Value.Items(List.of(new Value.Bool(true), new Value.Nothing())),
                        "yes", new Value.Text("yes"),
                        "odd key", new Value.Fields(Map.of("12:30", new Value.Text("1e3")))));
    }
}
