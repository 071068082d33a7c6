package dev.drover.store.typed;

import dev.drover.store.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Bytes being read: the other side of [Sink]. What ends too early is an [IllegalStateException].
final class Source {
    private static final byte[] NOTHING = {};

    private final byte[] content;
    private final int end;
    private int at;

    private Source(byte[] content, int from, int end) {
        this.content = content;
        this.at = from;
        this.end = end;
    }

    /// A copy of the bytes: an array is read faster than a buffer, and a value is small.
    Source(Bytes bytes) {
        this(bytes.toArray(), 0, bytes.size());
    }

    /// Where nothing is.
    static Source empty() {
        return new Source(NOTHING, 0, 0);
    }

    boolean more() {
        return at < end;
    }

    int octet() {
        if (at == end) {
            throw new IllegalStateException("a stored record ends in the middle of a field");
        }
        return content[at++] & 0xff;
    }

    long unsigned() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int octet = octet();
            value |= (octet & 0x7fL) << shift;
            if (octet < 0x80) {
                return value;
            }
        }
        throw new IllegalStateException("a number in a stored record does not end");
    }

    long signed() {
        long value = unsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    String text() {
        int length = length();
        at += length;
        return new String(content, at - length, length, StandardCharsets.UTF_8);
    }

    Source part() {
        int length = length();
        at += length;
        return new Source(content, at - length, at);
    }

    private int length() {
        long length = unsigned();
        if (length < 0 || length > end - at) {
            throw new IllegalStateException("a stored record is shorter than it says");
        }
        return (int) length;
    }

    int position() {
        return at;
    }

    /// What was read since `position`.
    ByteBuffer since(int position) {
        return ByteBuffer.wrap(content, position, at - position);
    }
}
