package dev.drover.node.os;

import dev.drover.manifests.model.Exit;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.Set;

/// A handle on one process that no reuse of its pid can turn to another one.
///
/// Open it while the process lives: only then does the kernel (6.15 and later) keep its exit status
/// for us, although it is not our child.
///
/// Whoever signals and whoever closes may be two threads: the number of a closed handle may already
/// be another one's, so all that use it take turns.
public final class PidFd implements AutoCloseable {
    private static final Libc SYSCALL = Libc.function("syscall");
    private static final Libc CLOSE = Libc.function("close");
    private static final Libc IOCTL = Libc.function("ioctl");

    // The numbers of new calls are the same on every architecture.
    private static final int NR_PIDFD_SEND_SIGNAL = 424;
    private static final int NR_PIDFD_OPEN = 434;

    /// `_IOWR(0xFF, 11, struct pidfd_info)` of 64 bytes: a mask in front, the wait status at 60.
    private static final long PIDFD_GET_INFO = 0xC040FF0BL;

    private static final int INFO_BYTES = 64;
    private static final long INFO_EXIT = 1L << 3;
    private static final int INFO_STATUS_AT = 60;
    private static final int CLOSED = -1;

    /// There is none, or the number is that of a thread by now: ENOENT since Linux 6.15, EINVAL
    /// before.
    private static final Set<Integer> GONE = Set.of(Libc.ESRCH, Libc.ENOENT, Libc.EINVAL);

    private int fd;

    private PidFd(int fd) {
        this.fd = fd;
    }

    /// Opens it; empty when this very process is gone, zombie and all.
    public static Optional<PidFd> open(ProcessIdentity process) throws IOException {
        int fd = SYSCALL.call(NR_PIDFD_OPEN, process.pid(), 0);
        if (GONE.contains(-fd)) {
            return Optional.empty();
        }
        if (fd < 0) {
            throw new IOException("pidfd_open of process " + process.pid() + ": " + Libc.text(-fd));
        }
        PidFd opened = new PidFd(fd);
        boolean same = false;
        try {
            // Compared after opening: from here on the pid cannot mean anybody else.
            same = process.present();
        } finally {
            if (!same) {
                opened.close();
            }
        }
        return same ? Optional.of(opened) : Optional.empty();
    }

    /// Sends a signal; false when the process is gone, or the handle closed because it was.
    public synchronized boolean signal(Signal signal) throws IOException {
        if (fd == CLOSED) {
            return false;
        }
        int result = SYSCALL.call(NR_PIDFD_SEND_SIGNAL, fd, signal.number(), 0, 0);
        if (result == 0) {
            return true;
        }
        if (result == -Libc.ESRCH) {
            return false;
        }
        throw new IOException("pidfd_send_signal " + signal + ": " + Libc.text(-result));
    }

    /// How the process ended; empty while it runs, before its parent has seen it, and on kernels
    /// that do not tell; empty too when the handle is closed.
    public synchronized Optional<Exit> exit() {
        if (fd == CLOSED) {
            return Optional.empty();
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment info = arena.allocate(INFO_BYTES, 8);
            info.set(ValueLayout.JAVA_LONG, 0, INFO_EXIT);
            int result = IOCTL.call(fd, PIDFD_GET_INFO, info.address());
            boolean told = (info.get(ValueLayout.JAVA_LONG, 0) & INFO_EXIT) != 0;
            return result == 0 && told
                    ? Optional.of(exit(info.get(ValueLayout.JAVA_INT, INFO_STATUS_AT)))
                    : Optional.empty();
        }
    }

    /// What a wait status means.
    static Exit exit(int status) {
        int signal = status & 0x7f;
        return signal == 0 ? new Exit.Code(status >> 8 & 0xff) : new Exit.Signal(signal);
    }

    synchronized int number() {
        return fd;
    }

    /// Closes it; a second time does nothing.
    @Override
    public synchronized void close() {
        if (fd != CLOSED) {
            CLOSE.call(fd);
            fd = CLOSED;
        }
    }
}
