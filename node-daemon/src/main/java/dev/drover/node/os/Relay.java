package dev.drover.node.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;

/// What processes that we start say to one that we have started before: a pipe from the standard
/// output of many to the standard input of one. None of them needs us for it any more.
///
/// A writer never waits: that nobody reads, or too slowly, is an error to it. The reader's input
/// ends once this is closed, or we are gone, and no writer is left.
public final class Relay implements AutoCloseable {
    private static final Libc PIPE = Libc.function("pipe2");
    private static final Libc IOCTL = Libc.function("ioctl");
    private static final Libc OPEN = Libc.function("open");
    private static final Libc DUP3 = Libc.function("dup3");
    private static final Libc CLOSE = Libc.function("close");
    private static final int CLOEXEC = 0x80000;
    private static final int FIONBIO = 0x5421;
    private static final int STDIN = 0;
    private static final int STDOUT = 1;

    private final int entrance;
    private final ProcessIdentity reader;

    private Relay(int entrance, ProcessIdentity reader) {
        this.entrance = entrance;
        this.reader = reader;
    }

    /// Starts the one that reads, as [Spawn] does.
    public static Relay open(List<String> command, Map<String, String> environment)
            throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            int result = PIPE.call(ends.address(), CLOEXEC);
            if (result < 0) {
                throw new IOException("pipe: " + Libc.text(-result));
            }
            int exit = ends.getAtIndex(ValueLayout.JAVA_INT, 0);
            int entrance = ends.getAtIndex(ValueLayout.JAVA_INT, 1);
            IOCTL.call(entrance, FIONBIO, arena.allocateFrom(ValueLayout.JAVA_INT, 1).address());
            try {
                return new Relay(
                        entrance, Spawn.detached(command, environment, Map.of(STDIN, exit)));
            } catch (IOException failed) {
                CLOSE.call(entrance);
                throw failed;
            } finally {
                CLOSE.call(exit);
            }
        }
    }

    /// Who reads, unless it has ended.
    public ProcessIdentity reader() {
        return reader;
    }

    /// Starts one that may write, as [Spawn] does.
    public ProcessIdentity writer(List<String> command, Map<String, String> environment)
            throws IOException {
        return Spawn.detached(command, environment, Map.of(STDOUT, entrance));
    }

    /// Lets the reader end. Who is started from now on can write nothing.
    @Override
    public void close() {
        try (Arena arena = Arena.ofConfined()) {
            // In one step, and for good: who is being started may have taken the number.
            int readOnly = OPEN.call(arena.allocateFrom("/dev/null").address(), CLOEXEC);
            DUP3.call(readOnly, entrance, CLOEXEC);
            CLOSE.call(readOnly);
        }
    }
}
