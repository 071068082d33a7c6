package dev.drover.node.os;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/// A terminal without a screen: what a program sees of it is [#slave], whoever plays the person has
/// the streams.
///
/// Reading and writing block the thread in the kernel: they want a platform thread.
public final class Pty implements AutoCloseable {
    private static final Libc OPEN = Libc.function("posix_openpt");
    private static final Libc GRANT = Libc.function("grantpt");
    private static final Libc UNLOCK = Libc.function("unlockpt");
    private static final Libc NAME = Libc.function("ptsname_r");
    private static final Libc IOCTL = Libc.function("ioctl");
    private static final Libc WRITE = Libc.function("write");
    private static final Libc CLOSE = Libc.function("close");

    private static final int O_RDWR_NOCTTY_CLOEXEC = 0x2 | 0x100 | 0x80000;
    private static final int SET_SIZE = 0x5414;
    private static final int NAME_MAX = 64;

    private final int fd;
    private final DescriptorInput output;
    private final Path slave;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Pty(int fd, Path slave) {
        this.fd = fd;
        output = new DescriptorInput(fd);
        this.slave = slave;
    }

    /// A new one of that size.
    public static Pty open(int rows, int columns) throws IOException {
        int fd = checked("posix_openpt", OPEN.call(O_RDWR_NOCTTY_CLOEXEC));
        try (Arena arena = Arena.ofConfined()) {
            checked("grantpt", GRANT.call(fd));
            checked("unlockpt", UNLOCK.call(fd));
            MemorySegment name = arena.allocate(NAME_MAX);
            if (NAME.call(fd, name.address(), NAME_MAX) != 0) {
                throw new IOException("the new terminal has no name");
            }
            Pty pty = new Pty(fd, Path.of(name.getString(0)));
            pty.resize(rows, columns);
            return pty;
        } catch (IOException e) {
            CLOSE.call(fd);
            throw e;
        }
    }

    private static int checked(String call, int result) throws IOException {
        if (result < 0) {
            throw new IOException(call + ": " + Libc.text(-result));
        }
        return result;
    }

    /// Where a program opens its end.
    public Path slave() {
        return slave;
    }

    /// The screen has another size now; the program in front is told.
    public void resize(int rows, int columns) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment words = arena.allocate(ValueLayout.JAVA_SHORT, 4);
            words.setAtIndex(ValueLayout.JAVA_SHORT, 0, (short) rows);
            words.setAtIndex(ValueLayout.JAVA_SHORT, 1, (short) columns);
            checked("resize", IOCTL.call(fd, SET_SIZE, words.address()));
        }
    }

    /// What programs write to it; ends when none has it open any more.
    public InputStream output() {
        return output;
    }

    /// What the person types.
    public OutputStream input() {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                writeAll(from, offset, length);
            }
        };
    }

    private void writeAll(byte[] from, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, from.length);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(Math.max(1, length));
            MemorySegment.copy(from, offset, buffer, ValueLayout.JAVA_BYTE, 0, length);
            int done = 0;
            while (done < length) {
                if (closed.get()) {
                    throw new IOException("the terminal is closed");
                }
                int count = WRITE.call(fd, buffer.address() + done, length - done);
                done += count == -Libc.EINTR ? 0 : checked("write to the terminal", count);
            }
        }
    }

    /// Hangs up. A second time does nothing.
    @Override
    public void close() {
        closed.set(true);
        output.close();
    }
}
