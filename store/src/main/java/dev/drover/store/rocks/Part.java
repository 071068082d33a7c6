package dev.drover.store.rocks;

import java.util.Arrays;
import java.util.Optional;

/// A range of records on disk: from a place on, as far as it holds them.
final class Part {
    private final byte[] from;
    private final Optional<byte[]> to;

    private Part(byte[] from, Optional<byte[]> to) {
        this.from = from;
        this.to = to;
    }

    /// From one place up to another one, which is behind it.
    static Part between(byte[] from, byte[] to) {
        return new Part(from, Optional.of(to));
    }

    /// From a place to the end.
    static Part since(byte[] from) {
        return new Part(from, Optional.empty());
    }

    void seek(Cursor records) {
        records.seek(from);
    }

    /// Whether a record that is not before it belongs to it.
    boolean holds(byte[] record) {
        return to.isEmpty() || Arrays.compareUnsigned(record, to.get()) < 0;
    }
}
