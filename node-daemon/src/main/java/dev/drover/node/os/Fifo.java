package dev.drover.node.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/// Named pipes.
public final class Fifo {
    private static final Libc MKFIFO = Libc.function("mkfifo");
    private static final int OWNER_ONLY = 0600;

    private Fifo() {}

    /// Makes one that only its owner may use.
    public static void create(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int result = MKFIFO.call(arena.allocateFrom(path.toString()).address(), OWNER_ONLY);
            if (result < 0) {
                throw new IOException("mkfifo " + path + ": " + Libc.text(-result));
            }
        }
    }
}
