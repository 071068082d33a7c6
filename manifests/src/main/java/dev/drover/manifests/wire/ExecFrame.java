package dev.drover.manifests.wire;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/// A piece of what comes from a command that was started beside a task. Its stream is one after the
/// other:
///
/// ```text
/// | channel, 1 byte | length, 4 bytes big-endian | data |
///   0 SESSION  the server's, first: by what name input is sent
///   1 STDOUT   also all output of a terminal
///   2 STDERR
///   3 EXIT     the last one: the exit code in decimal
/// ```
public record ExecFrame(Channel channel, String data) {
    /// Longest data of a frame.
    public static final int DATA_MAX = 1 << 20;

    private static final int HEADER = 5;

    /// Whose data it is.
    public enum Channel {
        SESSION(0),
        STDOUT(1),
        STDERR(2),
        EXIT(3);

        private final int number;

        Channel(int number) {
            this.number = number;
        }

        private static Optional<Channel> of(int number) {
            return Stream.of(values()).filter(c -> c.number == number).findFirst();
        }
    }

    /// The bytes of a frame.
    public static ByteBuffer bytes(Channel channel, byte[] data, int length) {
        ByteBuffer frame = ByteBuffer.allocate(HEADER + length);
        return frame.put((byte) channel.number).putInt(length).put(data, 0, length).flip();
    }

    /// The bytes of a frame that holds a text.
    public static ByteBuffer bytes(Channel channel, String text) {
        byte[] data = text.getBytes(StandardCharsets.UTF_8);
        return bytes(channel, data, data.length);
    }

    /// The next frame; its data are bytes, one in each character. Empty at the end.
    public static Optional<ExecFrame> read(InputStream from) throws IOException {
        int number = from.read();
        if (number < 0) {
            return Optional.empty();
        }
        Optional<Channel> channel = Channel.of(number);
        DataInputStream in = new DataInputStream(from);
        int length = in.readInt();
        if (channel.isEmpty() || length < 0 || length > DATA_MAX) {
            throw new IOException("what comes is not the output of a command");
        }
        byte[] data = in.readNBytes(length);
        if (data.length < length) {
            throw new EOFException("the output was cut short");
        }
        return Optional.of(
                new ExecFrame(channel.get(), new String(data, StandardCharsets.ISO_8859_1)));
    }

    /// The data as they came.
    public byte[] raw() {
        return data.getBytes(StandardCharsets.ISO_8859_1);
    }
}
