package dev.drover.store.typed;

import dev.drover.manifests.shape.Component;
import dev.drover.manifests.shape.Shape;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Reads what [RecordWriter] wrote, and skips fields that it does not know.
final class RecordReader {
    private final Layouts layouts;
    private final Texts texts = new Texts();

    RecordReader(Layouts layouts) {
        this.layouts = layouts;
    }

    /// @param unknown gets the fields of this record, not of those inside, that have no name here
    Record read(Class<?> type, Source in, Sink unknown) {
        Layout layout = layouts.record(type);
        Object[] values = new Object[layout.fields().size()];
        boolean[] seen = new boolean[values.length];
        while (in.more()) {
            int start = in.position();
            long tag = in.unsigned();
            Layout.Field field = layout.field((int) (tag >>> 1));
            if (field == null) {
                skip(tag, in);
                unknown.raw(in.since(start));
            } else {
                values[field.index()] = field(field.component(), tag, in);
                seen[field.index()] = true;
            }
        }
        for (Layout.Field field : layout.fields()) {
            if (!seen[field.index()]) {
                values[field.index()] = absent(field.component(), type);
            }
        }
        return (Record) layout.shape().create(values);
    }

    /// Goes through a record without reading its values.
    ///
    /// @param unknown as in [#read(Class, Source, Sink)]
    void skip(Class<?> type, Source in, Sink unknown) {
        Layout layout = layouts.record(type);
        while (in.more()) {
            int start = in.position();
            long tag = in.unsigned();
            skip(tag, in);
            if (layout.field((int) (tag >>> 1)) == null) {
                unknown.raw(in.since(start));
            }
        }
    }

    private Object field(Component component, long tag, Source in) {
        Shape shape = component.shape();
        Shape of = shape instanceof Shape.Maybe(Shape inner) ? inner : shape;
        if (tag != RecordWriter.tag((int) (tag >>> 1), of)) {
            throw new IllegalStateException(component.name() + " is stored as another type");
        }
        Object value = value(of, in);
        return shape instanceof Shape.Maybe ? Optional.of(value) : value;
    }

    private static void skip(long tag, Source in) {
        if ((tag & 1) == RecordWriter.NUMBER) {
            in.unsigned();
        } else {
            in.part();
        }
    }

    private Object absent(Component component, Class<?> of) {
        return switch (component.shape()) {
            case Shape.Text _ -> "";
            case Shape.Flag _ -> false;
            case Shape.Int _ -> 0;
            case Shape.Wide _ -> 0L;
            case Shape.Maybe _ -> Optional.empty();
            case Shape.Items _ -> List.of();
            case Shape.Fields _ -> Map.of();
            case Shape.Struct(var type) -> read(type, Source.empty(), new Sink());
            case Shape.Choice _, Shape.Union _, Shape.Decimal _, Shape.Moment _, Shape.Span _ ->
                    throw new IllegalStateException(
                            "a stored %s has no %s"
                                    .formatted(of.getSimpleName(), component.name()));
        };
    }

    private Object value(Shape shape, Source in) {
        return switch (shape) {
            case Shape.Text _ -> texts.shared(in.text());
            case Shape.Flag _ -> in.unsigned() != 0;
            case Shape.Int _ -> Math.toIntExact(in.signed());
            case Shape.Wide _ -> in.signed();
            case Shape.Choice(var type) -> layouts.constants(type).thing(in.unsigned(), type);
            case Shape.Decimal _ -> new BigDecimal(in.text());
            case Shape.Moment _, Shape.Span _, Shape.Items _, Shape.Fields _ ->
                    part(shape, in.part());
            case Shape.Struct _, Shape.Union _ -> part(shape, in.part());
            case Shape.Maybe _ -> throw new IllegalStateException("an optional inside a list");
        };
    }

    private Object part(Shape shape, Source in) {
        return switch (shape) {
            case Shape.Moment _ -> Instant.ofEpochSecond(in.signed(), in.unsigned());
            case Shape.Span _ -> Duration.ofSeconds(in.signed(), in.unsigned());
            case Shape.Items(Shape of) -> {
                List<Object> items = new ArrayList<>();
                while (in.more()) {
                    items.add(value(of, in));
                }
                yield items;
            }
            case Shape.Fields(Shape of) -> {
                Map<String, Object> fields = new TreeMap<>();
                while (in.more()) {
                    fields.put(texts.shared(in.text()), value(of, in));
                }
                yield fields;
            }
            case Shape.Struct(var type) -> read(type, in, new Sink());
            case Shape.Union(var type) ->
                    read(layouts.variants(type).thing(in.unsigned(), type), in, new Sink());
            case Shape.Text _, Shape.Flag _, Shape.Int _, Shape.Wide _, Shape.Choice _ ->
                    throw new IllegalStateException(shape + " is not written as a part");
            case Shape.Decimal _, Shape.Maybe _ ->
                    throw new IllegalStateException(shape + " is not written as a part");
        };
    }

    /// Texts that were read lately: the same text read again is the same object. A million
    /// allocations name the same few jobs, nodes and reasons, which are more than a third of what
    /// they hold.
    static final class Texts {
        /// Far more than there are names of nodes and jobs in a page of allocations, 64 KB of
        /// memory.
        private static final int SLOTS = 1 << 14;

        /// Longer ones are seldom said twice.
        private static final int LENGTH_MAX = 128;

        /// A text is where its hash says, until another one comes to the same place.
        private final AtomicReferenceArray<@Nullable String> lately =
                new AtomicReferenceArray<>(SLOTS);

        /// This text, or an equal one that was here before.
        String shared(String text) {
            if (text.length() > LENGTH_MAX) {
                return text;
            }
            int hash = text.hashCode();
            int slot = (hash ^ (hash >>> 14)) & (SLOTS - 1);
            String known = lately.getPlain(slot);
            if (known != null && known.equals(text)) {
                return known;
            }
            lately.setPlain(slot, text);
            return text;
        }
    }
}
