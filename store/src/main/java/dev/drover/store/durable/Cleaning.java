package dev.drover.store.durable;

import dev.drover.store.Revision;
import dev.drover.store.log.Halt;
import dev.drover.store.rocks.Cleaner;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// The thread that removes from disk what compaction has made unreadable, a slice at a time, so
/// that commits get their turn in between.
final class Cleaning implements AutoCloseable {
    /// A few milliseconds of work.
    private static final int SLICE = 2_000;

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
        boolean more = cleaner.cleaned().before(upTo);
        while (more && !closed) {
            long begin = System.nanoTime();
            Cleaner.Cleaned slice = cleaner.clean(upTo, SLICE);
            tally.cleaned(slice.changes(), System.nanoTime() - begin);
            more = slice.more();
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
