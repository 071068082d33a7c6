package dev.drover.node.os;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/// A pipe from a process to us. What a process leaves in the background may hold its end open for
/// days: whoever reads here can leave all the same.
public final class Pipe implements AutoCloseable {
    private static final Libc PIPE = Libc.function("pipe2");
    private static final Libc CLOSE = Libc.function("close");
    private static final int CLOEXEC = 0x80000;
    private static final int CLOSED = -1;

    private final DescriptorInput output;
    private final AtomicInteger entrance;

    private Pipe(int from, int to) {
        output = new DescriptorInput(from);
        entrance = new AtomicInteger(to);
    }

    /// A new one.
    public static Pipe open() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
            int result = PIPE.call(ends.address(), CLOEXEC);
            if (result < 0) {
                throw new IOException("pipe: " + Libc.text(-result));
            }
            return new Pipe(
                    ends.getAtIndex(ValueLayout.JAVA_INT, 0),
                    ends.getAtIndex(ValueLayout.JAVA_INT, 1));
        }
    }

    /// What a process's output is sent to, until it has started.
    public Path entrance() {
        return Path.of("/proc/self/fd", Integer.toString(entrance.get()));
    }

    /// The process has started, or cannot: only it and what it starts write from now on.
    public void begun() {
        int open = entrance.getAndSet(CLOSED);
        if (open != CLOSED) {
            CLOSE.call(open);
        }
    }

    /// What they write; ends when none has it open any more. Its reads hold their thread in the
    /// kernel: on a virtual one only what is available should be read.
    public InputStream output() {
        return output;
    }

    /// Nobody wants to know any more: a read that waits ends soon.
    @Override
    public void close() {
        begun();
        output.close();
    }
}
