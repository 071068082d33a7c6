package dev.drover.node.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Has the kernel map the page of a file that is touched, and not fifteen more around it, which it
/// guesses will be touched next: of the code of a JVM and of recorded classes two thirds never are.
///
/// There is no call for that, but userfaultfd(2), which tells of what happens to memory, takes the
/// guess away. It is asked for writes only, to memory that nobody may write to, and to let them
/// pass by itself: so nothing ever waits for us, and nothing is told. A kernel without it (before
/// 6.7), or one that keeps it from us, guesses on.
final class PageByPage implements AutoCloseable {
    private static final Libc SYSCALL = Libc.function("syscall");
    private static final Libc IOCTL = Libc.function("ioctl");
    private static final Libc CLOSE = Libc.function("close");

    private static final int CLOEXEC = 0x80000;
    private static final int USER_MODE_ONLY = 1;
    private static final long VERSION = 0xAA;

    /// The kernel lets writes pass by itself, and takes memory of every kind.
    private static final long WP_ASYNC = 1 << 15;

    private static final long API = 0xC018_AA3FL;
    private static final long REGISTER = 0xC020_AA00L;

    /// Of what is registered: writes.
    private static final long MODE_WP = 2;

    private final int fd;

    private PageByPage(int fd) {
        this.fd = fd;
    }

    /// Begins, as far as the kernel lets us.
    static PageByPage open() {
        PageByPage open = new PageByPage(SYSCALL.call(number(), CLOEXEC | USER_MODE_ONLY));
        if (open.works() && open.ask(API, VERSION, WP_ASYNC, 0) < 0) {
            open.close();
            return new PageByPage(-Libc.ENOSYS);
        }
        return open;
    }

    private static long number() {
        return System.getProperty("os.arch").equals("aarch64") ? 282 : 323;
    }

    /// Whether the kernel lets us.
    boolean works() {
        return fd >= 0;
    }

    /// From now on this memory of a file is mapped so; once or again.
    void over(long address, long length) {
        if (works()) {
            ask(REGISTER, address, length, MODE_WP, 0);
        }
    }

    private int ask(long request, long... words) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment asked = arena.allocateFrom(ValueLayout.JAVA_LONG, words);
            return IOCTL.call(fd, request, asked.address());
        }
    }

    @Override
    public void close() {
        if (works()) {
            CLOSE.call(fd);
        }
    }
}
