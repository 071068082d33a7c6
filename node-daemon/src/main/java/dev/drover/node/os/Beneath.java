package dev.drover.node.os;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Something beneath a folder, reached so that no link and no swap of a name can lead outside: the
/// kernel resolves the whole path in one call (openat2, Linux 5.6 and later), and everything
/// afterwards goes by the descriptor, never by the name again.
public final class Beneath implements AutoCloseable {
    private static final Libc SYSCALL = Libc.function("syscall");
    private static final Libc OPEN = Libc.function("open");
    private static final Libc CLOSE = Libc.function("close");

    private static final int NR_OPENAT2 = 437; // the same on every architecture
    private static final long O_PATH = 0x200000;
    private static final long O_CLOEXEC = 0x80000;
    private static final long RESOLVE_NO_MAGICLINKS = 0x02;
    private static final long RESOLVE_BENEATH = 0x08;
    private static final int OPEN_HOW_BYTES = 24; // flags, mode, resolve
    private static final int RESOLVE_AT = 16;

    /// The kernel gives up when names move under it; somebody who moves them all the time is
    /// refused.
    private static final int TRIES_MAX = 64;

    private static final int CLOSED = -1;

    private final AtomicInteger fd;

    private Beneath(int fd) {
        this.fd = new AtomicInteger(fd);
    }

    /// Opens `path` beneath `root`. A leading `/` means the root.
    ///
    /// @throws IOException when it is not there, or leads outside
    public static Beneath open(Path root, String path) throws IOException {
        String relative = path.replaceFirst("^/+", "");
        if (relative.indexOf('\0') >= 0) {
            throw new IOException("a path with a NUL byte");
        }
        try (Arena arena = Arena.ofConfined()) {
            int folder =
                    OPEN.call(arena.allocateFrom(root.toString()).address(), O_PATH | O_CLOEXEC);
            if (folder < 0) {
                throw new IOException(root + ": " + Libc.text(-folder));
            }
            try {
                return open(arena, folder, relative.isEmpty() ? "." : relative);
            } finally {
                CLOSE.call(folder);
            }
        }
    }

    private static Beneath open(Arena arena, int folder, String path) throws IOException {
        MemorySegment how = arena.allocate(OPEN_HOW_BYTES, 8);
        how.set(ValueLayout.JAVA_LONG, 0, O_PATH | O_CLOEXEC);
        how.set(ValueLayout.JAVA_LONG, RESOLVE_AT, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS);
        long name = arena.allocateFrom(path).address();
        int result = -Libc.EAGAIN;
        for (int tries = 0; result == -Libc.EAGAIN && tries < TRIES_MAX; tries++) {
            result = SYSCALL.call(NR_OPENAT2, folder, name, how.address(), OPEN_HOW_BYTES);
        }
        if (result == -Libc.ENOENT) {
            throw new FileNotFoundException(path + ": " + Libc.text(-result));
        }
        if (result < 0) {
            throw new IOException(path + ": " + Libc.text(-result));
        }
        return new Beneath(result);
    }

    /// Where it really is now, links resolved.
    public Path place() throws IOException {
        return Files.readSymbolicLink(self());
    }

    /// What it is.
    public PosixFileAttributes attributes() throws IOException {
        return Files.readAttributes(self(), PosixFileAttributes.class);
    }

    /// Reads it. Only a plain file: a pipe would make the reader wait for ever.
    public FileChannel read() throws IOException {
        if (!attributes().isRegularFile()) {
            throw new IOException("not a plain file");
        }
        return FileChannel.open(self(), StandardOpenOption.READ);
    }

    /// The names in it, sorted.
    public List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(self())) {
            return entries.map(e -> e.getFileName().toString()).sorted().toList();
        }
    }

    /// What the entry of that name is; a link is a link.
    public PosixFileAttributes entry(String name) throws IOException {
        return Files.readAttributes(
                self().resolve(name), PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private Path self() {
        return Path.of("/proc/self/fd/" + fd.get());
    }

    @Override
    public void close() {
        int open = fd.getAndSet(CLOSED);
        if (open != CLOSED) {
            CLOSE.call(open);
        }
    }
}
