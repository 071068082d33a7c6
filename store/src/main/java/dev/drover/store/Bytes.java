package dev.drover.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// An immutable sequence of bytes: what the store keeps under a key, without knowing what it means.
public final class Bytes {
    /// No bytes at all.
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /// A copy of the array.
    public static Bytes copyOf(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    /// The text in UTF-8.
    public static Bytes utf8(String text) {
        return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Takes what remains in the buffer and leaves it empty.
    public static Bytes read(ByteBuffer buffer) {
        byte[] content = new byte[buffer.remaining()];
        buffer.get(content);
        return content.length == 0 ? EMPTY : new Bytes(content);
    }

    /// How many bytes.
    public int size() {
        return content.length;
    }

    /// A view that cannot write.
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    /// A copy.
    public byte[] toArray() {
        return content.clone();
    }

    /// The bytes read as UTF-8.
    public String utf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /// Puts all bytes into the buffer.
    public void writeTo(ByteBuffer target) {
        target.put(content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /// The size only: a value may be large, and may be secret.
    @Override
    public String toString() {
        return content.length + " bytes";
    }
}
