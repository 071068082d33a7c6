package dev.drover.node.os;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Something beneath a folder, reached so that no link and no swap of a name can lead outside: the
/// kernel resolves the whole path in one call (openat2, Linux 5.6 and later), and everything
/// afterwards goes by the descriptor, never by the name again. Where the kernel cannot, each part
/// is opened from the one before, and links are not followed at all.
public final class Beneath implements AutoCloseable {
    private static final Libc SYSCALL = Libc.function("syscall");
    private static final Libc OPEN = Libc.function("open");
    private static final Libc OPENAT = Libc.function("openat");
    private static final Libc CLOSE = Libc.function("close");

    private static final int NR_OPENAT2 = 437; // the same on every architecture
    private static final long O_PATH = 0x200000;
    private static final long O_CLOEXEC = 0x80000;
    private static final long O_NOFOLLOW =
            System.getProperty("os.arch").equals("aarch64") ? 0x8000 : 0x20000;
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
            int folder = folder(arena, root);
            try {
                int fd = resolved(arena, folder, relative.isEmpty() ? "." : relative);
                return of(fd == -Libc.ENOSYS ? walked(arena, folder, relative) : fd, relative);
            } finally {
                CLOSE.call(folder);
            }
        }
    }

    /// As [#open] does it on a kernel without openat2.
    static Beneath walk(Path root, String path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int folder = folder(arena, root);
            try {
                return of(walked(arena, folder, path), path);
            } finally {
                CLOSE.call(folder);
            }
        }
    }

    private static int folder(Arena arena, Path root) throws IOException {
        int folder = OPEN.call(arena.allocateFrom(root.toString()).address(), O_PATH | O_CLOEXEC);
        if (folder < 0) {
            throw new IOException(root + ": " + Libc.text(-folder));
        }
        return folder;
    }

    /// Part by part. A link is opened itself and never followed, so that what it leads to is no
    /// folder to go on from; nothing goes up.
    private static int walked(Arena arena, int folder, String path) throws IOException {
        int at = OPENAT.call(folder, arena.allocateFrom(".").address(), O_PATH | O_CLOEXEC);
        for (Path part : Path.of(path)) {
            String name = part.toString();
            if (name.equals("..")) {
                CLOSE.call(at);
                throw new IOException(path + ": this kernel cannot go up safely");
            }
            if (at < 0 || name.isEmpty()) {
                continue;
            }
            int next =
                    OPENAT.call(
                            at,
                            arena.allocateFrom(name).address(),
                            O_PATH | O_CLOEXEC | O_NOFOLLOW);
            CLOSE.call(at);
            at = next;
        }
        if (at >= 0 && isLink(at)) {
            CLOSE.call(at);
            throw new IOException(path + ": this kernel cannot follow links safely");
        }
        return at;
    }

    private static int resolved(Arena arena, int folder, String path) {
        MemorySegment how = arena.allocate(OPEN_HOW_BYTES, 8);
        how.set(ValueLayout.JAVA_LONG, 0, O_PATH | O_CLOEXEC);
        how.set(ValueLayout.JAVA_LONG, RESOLVE_AT, RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS);
        long name = arena.allocateFrom(path).address();
        int result = -Libc.EAGAIN;
        for (int tries = 0; result == -Libc.EAGAIN && tries < TRIES_MAX; tries++) {
            result = SYSCALL.call(NR_OPENAT2, folder, name, how.address(), OPEN_HOW_BYTES);
        }
        return result;
    }

    private static Beneath of(int result, String path) throws IOException {
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

    /// All entries, in no order and one by one: there may be millions.
    @SuppressWarnings("StreamResourceLeak") // it is handed on, and closed by whoever asked
    public DirectoryStream<Path> entries() throws IOException {
        return Files.newDirectoryStream(self());
    }

    /// What the system says of the entry of that name, as Java's `unix` view names it; of a link,
    /// of itself.
    public Map<String, Object> unix(String name) throws IOException {
        return Files.readAttributes(self().resolve(name), "unix:*", LinkOption.NOFOLLOW_LINKS);
    }

    /// Where the link of that name leads.
    public String target(String name) throws IOException {
        return Files.readSymbolicLink(self().resolve(name)).toString();
    }

    /// Removes the entry of that name from the folder, a link itself and not what it leads to;
    /// nothing when it is gone.
    public void remove(String name) throws IOException {
        Files.deleteIfExists(self().resolve(name));
    }

    /// Whether the descriptor is of a link itself: the way through /proc ends at it.
    private static boolean isLink(int fd) throws IOException {
        return Files.readAttributes(self(fd), PosixFileAttributes.class).isSymbolicLink();
    }

    private Path self() {
        return self(fd.get());
    }

    private static Path self(int fd) {
        return Path.of("/proc/self/fd/" + fd);
    }

    @Override
    public void close() {
        int open = fd.getAndSet(CLOSED);
        if (open != CLOSED) {
            CLOSE.call(open);
        }
    }
}
