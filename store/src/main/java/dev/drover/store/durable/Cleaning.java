package dev.drover.store.durable;

import dev.drover.store.Revision;
import dev.drover.store.log.Halt;
import dev.drover.store.rocks.Cleaner;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// The thread that removes from disk what compaction has made unreadable, a slice at a time, so
/// that commits get their turn in between.
final class Cleaning implements AutoCloseable {
    /// Changes of a slice: a tenth of a millisecond of work. A thread that works for longer keeps a
    /// core until the system's clock ticks, and a commit may wait for that.
    private static final int SLICE = 4;

    /// What it rests after a slice, in times of what that took.
    private static final int REST = 4;

    /// With more revisions to remove it does not rest: writes come faster than it follows, and then
    /// the disk matters more than the wait of a commit.
    private static final long FAR_BEHIND = 1_000_000;

    private static final int SLICE_FAR_BEHIND = 2_000;

    /// History grows by seconds and is kept for minutes at least.
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Cleaner cleaner;
    private final Tally tally;
    private final Runnable retain;
    private final Supplier<Revision> compacted;
    private final Halt halt;
    private final Semaphore work = new Semaphore(1); // at the start: a crash may have left some
    private final Thread thread;
    private volatile boolean closed;

    /// @param retain called now and then: compacts what need not be kept any more
    /// @param compacted the visible boundary: nothing newer may go
    Cleaning(
            Cleaner cleaner,
            Tally tally,
            Runnable retain,
            Supplier<Revision> compacted,
            Halt halt) {
        this.cleaner = cleaner;
        this.tally = tally;
        this.retain = retain;
        this.compacted = compacted;
        this.halt = halt;
        this.thread = Thread.ofPlatform().name("store-cleaner").start(this::run);
    }

    void wake() {
        work.release();
    }

    private void run() {
        try {
            while (!closed) {
                if (!work.tryAcquire(EVERY.toSeconds(), TimeUnit.SECONDS)) {
                    retain.run();
                }
                work.drainPermits();
                clean();
            }
        } catch (InterruptedException e) {
            // closed: what is left to remove is removed after the next start
        } catch (RuntimeException e) {
            halt.now("what was compacted could not be removed", e);
        }
    }

    private void clean() {
        Revision upTo = compacted.get();
        long behind = upTo.number() - cleaner.cleaned().number();
        while (behind > 0 && !closed) {
            boolean far = behind > FAR_BEHIND;
            long begin = System.nanoTime();
            Cleaner.Cleaned slice = cleaner.clean(upTo, far ? SLICE_FAR_BEHIND : SLICE);
            long took = System.nanoTime() - begin;
            tally.cleaned(slice.changes(), took);
            behind = upTo.number() - slice.reached().number();
            if (behind > 0 && !far) {
                LockSupport.parkNanos(this, REST * took); // returns at once when we are closed
            }
        }
    }

    /// Up to where everything is removed.
    Revision cleaned() {
        return cleaner.cleaned();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the store was closing", e);
        }
    }
}
