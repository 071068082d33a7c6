package dev.drover.node.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// A reading end of a named pipe that is never read from: while it is open, what is in the pipe
/// survives its writers and its other readers. Readers get their end of file all the same.
public final class HeldFifo implements AutoCloseable {
    private static final Libc OPEN = Libc.function("open");
    private static final Libc CLOSE = Libc.function("close");
    private static final Libc IOCTL = Libc.function("ioctl");
    private static final int O_RDONLY_NONBLOCK_CLOEXEC = 0x800 | 0x80000;
    private static final int FIONREAD = 0x541B;
    private static final int CLOSED = -1;

    private final AtomicInteger fd;

    private HeldFifo(int fd) {
        this.fd = new AtomicInteger(fd);
    }

    /// Opens it; never waits for a writer.
    public static HeldFifo open(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int fd =
                    OPEN.call(
                            arena.allocateFrom(path.toString()).address(),
                            O_RDONLY_NONBLOCK_CLOEXEC);
            if (fd < 0) {
                throw new IOException("open " + path + ": " + Libc.text(-fd));
            }
            return new HeldFifo(fd);
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
