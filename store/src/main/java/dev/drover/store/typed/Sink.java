package dev.drover.store.typed;

import dev.drover.store.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes being written.
final class Sink {
    private byte[] content = new byte[64];
    private int size;

    void octet(int value) {
        room(1);
        content[size++] = (byte) value;
    }

    /// Seven bits an octet, the lowest first; the top bit says that more follow.
    void unsigned(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            octet((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        octet((int) rest);
    }

    /// Small numbers are short, whatever their sign.
    void signed(long value) {
        unsigned((value << 1) ^ (value >> 63));
    }

    /// Its length and its bytes in UTF-8.
    void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        unsigned(bytes.length);
        raw(ByteBuffer.wrap(bytes));
    }

    /// Begins a part, whose length stands before its bytes.
    ///
    /// @return what [#end(int)] wants to know
    int begin() {
        octet(0); // nearly every length is one octet
        return size;
    }

    /// Everything since [#begin()] is the part.
    void end(int start) {
        int length = size - start;
        int more = octets(length) - 1;
        if (more > 0) {
            room(more);
            System.arraycopy(content, start, content, start + more, length);
        }
        size = start - 1;
        unsigned(length);
        size += length;
    }

    private static int octets(int length) {
        return Math.max(1, Math.ceilDiv(Integer.SIZE - Integer.numberOfLeadingZeros(length), 7));
    }

    void raw(ByteBuffer bytes) {
        int length = bytes.remaining();
        room(length);
        bytes.get(content, size, length);
        size += length;
    }

    int size() {
        return size;
    }

    Bytes bytes() {
        return Bytes.read(ByteBuffer.wrap(content, 0, size));
    }

    private void room(int more) {
        if (size + more > content.length) {
            content = Arrays.copyOf(content, Math.max(size + more, content.length * 2));
        }
    }
}
