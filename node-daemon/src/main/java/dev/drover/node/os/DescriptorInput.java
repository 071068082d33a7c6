package dev.drover.node.os;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Objects;

/// What comes out of a descriptor, until its last writer has let go or it is closed here: a read
/// that waits ends soon after that, which one of Java's own does not. It holds its thread in the
/// kernel: on a virtual one only what is [#available] should be read.
final class DescriptorInput extends InputStream { // as the library wants it
    private static final Libc POLL = Libc.function("poll");
    private static final Libc READ = Libc.function("read");
    private static final Libc IOCTL = Libc.function("ioctl");
    private static final Libc CLOSE = Libc.function("close");

    private static final int BUFFER = 16 << 10;
    private static final int FIONREAD = 0x541B;
    private static final short READABLE = 1;
    private static final int POLLFD_BYTES = 8;
    private static final int POLLFD_EVENTS = 4;

    /// How soon a reader sees that it was closed.
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    private final int fd;
    private volatile boolean closing;
    private boolean closed;

    DescriptorInput(int fd) {
        this.fd = fd;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, to.length);
        if (length == 0) {
            return 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(Math.min(length, BUFFER));
            int count = -Libc.EAGAIN;
            while (count == -Libc.EAGAIN || count == -Libc.EINTR) {
                count = once(arena, buffer);
            }
            MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, to, offset, Math.max(0, count));
            return count <= 0 ? -1 : count; // EIO of a terminal: the last program has let go
        }
    }

    private synchronized int once(Arena arena, MemorySegment buffer) {
        if (closing) {
            return 0;
        }
        return readable(arena) ? READ.call(fd, buffer.address(), buffer.byteSize()) : -Libc.EAGAIN;
    }

    private boolean readable(Arena arena) {
        MemorySegment poll = arena.allocate(POLLFD_BYTES, Integer.BYTES);
        poll.set(ValueLayout.JAVA_INT, 0, fd);
        poll.set(ValueLayout.JAVA_SHORT, POLLFD_EVENTS, READABLE);
        return POLL.call(poll.address(), 1, LOOK_EVERY.toMillis()) > 0;
    }

    @Override
    public synchronized int available() {
        if (closing) {
            return 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(ValueLayout.JAVA_INT);
            int result = IOCTL.call(fd, FIONREAD, bytes.address());
            return result < 0 ? 0 : bytes.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /// Waits for a reader to leave the kernel: its next read would be of whatever file has got this
    /// number meanwhile.
    @Override
    public void close() {
        closing = true;
        synchronized (this) {
            if (!closed) {
                closed = true;
                CLOSE.call(fd);
            }
        }
    }
}
