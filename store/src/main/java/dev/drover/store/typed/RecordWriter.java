package dev.drover.store.typed;

import dev.drover.manifests.shape.Shape;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes a record as numbered fields.
///
/// ```text
/// record = field*                  by ascending number; absent and empty ones are left out
/// field  = tag value               tag = number × 2 + (0: value is a number, 1: length and bytes)
/// union  = variant record          the variant's number first
/// ```
final class RecordWriter {
    static final int NUMBER = 0;
    static final int PART = 1;

    private final Layouts layouts;

    RecordWriter(Layouts layouts) {
        this.layouts = layouts;
    }

    void write(Record record, Sink out) {
        for (Layout.Field field : layouts.record(record.getClass()).fields()) {
            field(field.id(), field.shape(), field.component().read(record), out);
        }
    }

    private void field(int id, Shape shape, Object value, Sink out) {
        if (shape instanceof Shape.Maybe(Shape of)) {
            ((Optional<?>) value)
                    .ifPresent(present -> {
                        out.unsigned(tag(id, of));
                        value(of, present, out);
                    });
        } else if (!blank(shape, value)) {
            out.unsigned(tag(id, shape));
            value(shape, value, out);
        }
    }

    /// What a reader assumes when the field is not there.
    private static boolean blank(Shape shape, Object value) {
        return switch (shape) {
            case Shape.Text _ -> ((String) value).isEmpty();
            case Shape.Flag _ -> value.equals(false);
            case Shape.Int _, Shape.Wide _ -> ((Number) value).longValue() == 0;
            case Shape.Items _ -> ((List<?>) value).isEmpty();
            case Shape.Fields _ -> ((Map<?, ?>) value).isEmpty();
            case Shape.Maybe _, Shape.Choice _, Shape.Struct _, Shape.Union _ -> false;
            case Shape.Decimal _, Shape.Moment _, Shape.Span _ -> false;
        };
    }

    static long tag(int id, Shape shape) {
        return ((long) id << 1) | (isNumber(shape) ? NUMBER : PART);
    }

    private static boolean isNumber(Shape shape) {
        return switch (shape) {
            case Shape.Flag _, Shape.Int _, Shape.Wide _, Shape.Choice _ -> true;
            case Shape.Text _, Shape.Decimal _, Shape.Moment _, Shape.Span _ -> false;
            case Shape.Maybe _, Shape.Items _, Shape.Fields _ -> false;
            case Shape.Struct _, Shape.Union _ -> false;
        };
    }

    private void value(Shape shape, Object value, Sink out) {
        switch (shape) {
            case Shape.Text _ -> out.text((String) value);
            case Shape.Flag _ -> out.unsigned(value.equals(true) ? 1 : 0);
            case Shape.Int _, Shape.Wide _ -> out.signed(((Number) value).longValue());
            case Shape.Choice(var type) -> out.unsigned(layouts.constants(type).id(value));
            case Shape.Decimal _ -> out.text(((BigDecimal) value).toString());
            case Shape.Moment _, Shape.Span _, Shape.Items _, Shape.Fields _ ->
                    part(shape, value, out);
            case Shape.Struct _, Shape.Union _ -> part(shape, value, out);
            case Shape.Maybe _ -> throw new IllegalStateException("an optional inside a list");
        }
    }

    private void part(Shape shape, Object value, Sink out) {
        int start = out.begin();
        switch (shape) {
            case Shape.Moment _ -> moment((Instant) value, out);
            case Shape.Span _ -> span((Duration) value, out);
            case Shape.Items(Shape of) -> ((List<?>) value).forEach(item -> value(of, item, out));
            case Shape.Fields(Shape of) ->
                    ((Map<?, ?>) value)
                            .forEach((name, item) -> {
                                out.text((String) name);
                                value(of, item, out);
                            });
            case Shape.Struct _ -> write((Record) value, out);
            case Shape.Union(var type) -> {
                Record variant = (Record) value;
                out.unsigned(layouts.variants(type).id(variant.getClass()));
                write(variant, out);
            }
            case Shape.Text _, Shape.Flag _, Shape.Int _, Shape.Wide _, Shape.Choice _ ->
                    throw new IllegalStateException(shape + " is not written as a part");
            case Shape.Decimal _, Shape.Maybe _ ->
                    throw new IllegalStateException(shape + " is not written as a part");
        }
        out.end(start);
    }

    private static void moment(Instant moment, Sink out) {
        out.signed(moment.getEpochSecond());
        out.unsigned(moment.getNano());
    }

    private static void span(Duration span, Sink out) {
        out.signed(span.toSeconds());
        out.unsigned(span.toNanosPart());
    }
}
