package dev.drover.node.os;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the end of processes, ours and others', the moment it happens.
///
/// One platform thread sleeps in one poll(2) over all of them: a foreign call holds its thread, so
/// on virtual threads a few tasks would stop the daemon. The thread owns the list of what is
/// watched; others only put new watches into its queue and wake it.
public final class Exits implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Exits.class);
    private static final Libc POLL = Libc.function("poll");
    private static final Libc EVENTFD = Libc.function("eventfd");
    private static final Libc READ = Libc.function("read");
    private static final Libc WRITE = Libc.function("write");
    private static final Libc CLOSE = Libc.function("close");
    private static final Libc WAITPID = Libc.function("waitpid");

    private static final short POLLIN = 1;
    private static final int POLLFD_BYTES = 8;
    private static final int REVENTS_AT = 6;
    private static final int EFD_CLOEXEC = 0x80000;
    private static final int EFD_NONBLOCK = 0x800;
    private static final int WNOHANG = 1;
    private static final long STACK_BYTES = 128 << 10;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private record Watch(ProcessIdentity process, PidFd fd, CountDownLatch ended) {}

    private final Queue<Watch> added = new ConcurrentLinkedQueue<>();
    private final int wake = EVENTFD.call(0, EFD_CLOEXEC | EFD_NONBLOCK);
    private volatile boolean closed;

    /// Starts watching.
    public Exits() {
        Thread.ofPlatform().name("exits").daemon().stackSize(STACK_BYTES).start(this::run);
    }

    /// A latch that opens when the process has ended; open already when it is gone.
    public CountDownLatch watch(ProcessIdentity process) throws IOException {
        Optional<PidFd> fd = PidFd.open(process);
        CountDownLatch ended = new CountDownLatch(fd.isPresent() ? 1 : 0);
        if (fd.isPresent()) {
            added.add(new Watch(process, fd.get(), ended));
            wakeUp();
        }
        return ended;
    }

    private void run() {
        List<Watch> watched = new ArrayList<>();
        boolean seeing = true;
        while (!closed) {
            for (Watch watch = added.poll(); watch != null; watch = added.poll()) {
                watched.add(watch);
            }
            seeing = awaitedOne(watched, seeing);
            if (!seeing) {
                LockSupport.parkNanos(AGAIN.toNanos());
            }
        }
        CLOSE.call(wake);
    }

    /// False when the kernel cannot just now, as with fewer descriptors allowed than are watched:
    /// without this thread no task would ever end.
    ///
    /// @param saw whether it could before: what lasts is told once
    private boolean awaitedOne(List<Watch> watched, boolean saw) {
        try {
            awaitOne(watched);
            return true;
        } catch (IllegalStateException cannot) {
            if (saw) {
                LOG.error("the ends of {} processes are not seen just now", watched.size(), cannot);
            }
            return false;
        }
    }

    /// One sleep: returns when somebody has ended (and is told and forgotten) or was added.
    private void awaitOne(List<Watch> watched) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fds = arena.allocate((long) POLLFD_BYTES * (watched.size() + 1), 8);
            fill(fds, 0, wake);
            for (int i = 0; i < watched.size(); i++) {
                fill(fds, i + 1, watched.get(i).fd().number());
            }
            int ready = POLL.call(fds.address(), watched.size() + 1, -1);
            if (ready < 0 && ready != -Libc.EINTR) {
                throw new IllegalStateException("poll: " + Libc.text(-ready));
            }
            if (ready <= 0) {
                return;
            }
            if (fired(fds, 0)) {
                READ.call(wake, arena.allocate(8).address(), 8);
            }
            for (int i = watched.size() - 1; i >= 0; i--) {
                if (fired(fds, i + 1)) {
                    tell(watched.remove(i));
                }
            }
        }
    }

    private static void tell(Watch watch) {
        // Takes the zombie away if it is our child; nobody else waits for our children.
        WAITPID.call(watch.process().pid(), 0, WNOHANG);
        watch.fd().close();
        watch.ended().countDown();
    }

    private static void fill(MemorySegment fds, int index, int fd) {
        fds.set(ValueLayout.JAVA_INT, (long) index * POLLFD_BYTES, fd);
        fds.set(ValueLayout.JAVA_SHORT, (long) index * POLLFD_BYTES + 4, POLLIN);
    }

    private static boolean fired(MemorySegment fds, int index) {
        return fds.get(ValueLayout.JAVA_SHORT, (long) index * POLLFD_BYTES + REVENTS_AT) != 0;
    }

    private void wakeUp() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment one = arena.allocate(8, 8);
            one.set(ValueLayout.JAVA_LONG, 0, 1);
            WRITE.call(wake, one.address(), 8);
        }
    }

    /// Stops watching soon; what has not ended by then is never told.
    @Override
    public void close() {
        closed = true;
        wakeUp();
    }
}
