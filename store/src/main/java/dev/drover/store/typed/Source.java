package dev.drover.store.typed;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// Bytes being read: the other side of [Sink]. What ends too early is an [IllegalStateException].
final class Source {
    private final ByteBuffer content;

    Source(ByteBuffer content) {
        this.content = content;
    }

    boolean more() {
        return content.hasRemaining();
    }

    int octet() {
        try {
            return content.get() & 0xff;
        } catch (BufferUnderflowException e) {
            throw new IllegalStateException("a stored record ends in the middle of a field", e);
        }
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
        byte[] bytes = new byte[length()];
        content.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    Source part() {
        int length = length();
        Source part = new Source(content.slice(content.position(), length));
        content.position(content.position() + length);
        return part;
    }

    private int length() {
        long length = unsigned();
        if (length < 0 || length > content.remaining()) {
            throw new IllegalStateException("a stored record is shorter than it says");
        }
        return (int) length;
    }

    int position() {
        return content.position();
    }

    /// What was read since `position`.
    ByteBuffer since(int position) {
        return content.slice(position, content.position() - position);
    }
}
