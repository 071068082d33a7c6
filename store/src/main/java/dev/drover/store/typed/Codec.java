package dev.drover.store.typed;

import dev.drover.store.Bytes;
import java.util.List;

/// Records to bytes and back.
///
/// | format, 1 byte | fields by number, see RecordWriter | unknown fields, as they were |
final class Codec {
    /// May change freely before the first release, and never after.
    private static final int FORMAT = 1;

    private final RecordWriter writer;
    private final RecordReader reader;

    /// @param roots what is stored; what they are made of comes along
    Codec(FieldIds ids, List<Class<? extends Record>> roots) {
        Layouts layouts = new Layouts(ids, roots);
        this.writer = new RecordWriter(layouts);
        this.reader = new RecordReader(layouts);
    }

    Bytes encode(Stored<? extends Record> stored) {
        Sink out = new Sink();
        out.octet(FORMAT);
        writer.write(stored.value(), out);
        out.raw(stored.unknown().buffer());
        return out.bytes();
    }

    /// @throws IllegalStateException when these are not the bytes of such a record
    <T extends Record> Stored<T> decode(Class<T> type, Bytes bytes) {
        Source in = content(type, bytes);
        Sink unknown = new Sink();
        T value = type.cast(reader.read(type, in, unknown));
        return new Stored<>(value, unknown.bytes());
    }

    /// The fields that have no name here, without a look at the others.
    ///
    /// @throws IllegalStateException when these are not the bytes of such a record
    Bytes unknown(Class<? extends Record> type, Bytes bytes) {
        Source in = content(type, bytes);
        Sink unknown = new Sink();
        reader.skip(type, in, unknown);
        return unknown.bytes();
    }

    private static Source content(Class<?> type, Bytes bytes) {
        Source in = new Source(bytes);
        int format = in.octet();
        if (format != FORMAT) {
            throw new IllegalStateException(
                    "a stored %s has format %d; this program reads %d: use a newer one"
                            .formatted(type.getSimpleName(), format, FORMAT));
        }
        return in;
    }
}
