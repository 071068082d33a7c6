package dev.drover.node.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// A named pipe that we hold: a reading end of it that is never read from. While it is open, what
/// is in the pipe survives its writers and its other readers, which get their end of file all the
/// same.
public final class Fifo implements AutoCloseable {
    private static final Libc MKFIFO = Libc.function("mkfifo");
    private static final Libc OPEN = Libc.function("open");
    private static final Libc CLOSE = Libc.function("close");
    private static final Libc IOCTL = Libc.function("ioctl");
    private static final int O_RDONLY_NONBLOCK_CLOEXEC = 0x800 | 0x80000;
    private static final int OWNER_ONLY = 0600;
    private static final int FIONREAD = 0x541B;
    private static final int CLOSED = -1;

    private final AtomicInteger fd;

    private Fifo(int fd) {
        this.fd = new AtomicInteger(fd);
    }

    /// Makes one that only its owner may use.
    public static void create(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int result = MKFIFO.call(arena.allocateFrom(path.toString()).address(), OWNER_ONLY);
            if (result < 0) {
                throw new IOException("mkfifo " + path + ": " + Libc.text(-result));
            }
        }
    }

    /// Holds one that is there; never waits for a writer.
    public static Fifo hold(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int fd =
                    OPEN.call(
                            arena.allocateFrom(path.toString()).address(),
                            O_RDONLY_NONBLOCK_CLOEXEC);
            if (fd < 0) {
                throw new IOException("open " + path + ": " + Libc.text(-fd));
            }
            return new Fifo(fd);
        }
    }

    /// Bytes that nobody has read yet.
    public int pending() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(ValueLayout.JAVA_INT);
            int result = IOCTL.call(fd.get(), FIONREAD, bytes.address());
            return result < 0 ? 0 : bytes.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /// Lets it go; a second time does nothing.
    @Override
    public void close() {
        int open = fd.getAndSet(CLOSED);
        if (open != CLOSED) {
            CLOSE.call(open);
        }
    }
}
