package dev.drover.node.alloc;

import dev.drover.node.link.Silence;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stops the allocations that do not bear the silence of the server any longer, on a thread of its
/// own.
final class SilenceWatch {
    private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);

    /// A machine that was suspended notices within this time that it was.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /// For one whose tasks are not known yet.
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Supplier<List<AllocationRunner>> all;
    private final Supplier<Silence> silence;
    private final Semaphore changes = new Semaphore(0);
    private final Thread thread;

    SilenceWatch(Supplier<List<AllocationRunner>> all, Supplier<Silence> silence) {
        this.all = all;
        this.silence = silence;
        thread = Thread.ofVirtual().name("silence").unstarted(this::watch);
    }

    /// Begins to look. Once.
    void begin() {
        thread.start();
    }

    /// There are other allocations now, or other rules for them.
    void look() {
        changes.release();
    }

    /// Stops looking.
    void leave() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                changes.tryAcquire(round().toMillis() + 1, TimeUnit.MILLISECONDS);
                changes.drainPermits();
            }
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    /// Does what is due; when to look again.
    private Duration round() {
        Duration next = LOOK_EVERY;
        for (AllocationRunner runner : all.get()) {
            Duration again = step(runner);
            next = again.compareTo(next) < 0 ? again : next;
        }
        return next;
    }

    private Duration step(AllocationRunner runner) {
        try {
            return switch (SilenceStep.next(runner.memory().group(), silence.get())) {
                case SilenceStep.Bear() -> LOOK_EVERY;
                case SilenceStep.Wait(Duration rest) -> rest;
                case SilenceStep.Stop(Duration after) -> runner.silent(after) ? LOOK_EVERY : AGAIN;
            };
        } catch (RuntimeException bug) { // of this one: the others are stopped all the same
            LOG.error("allocation {} is not stopped", runner.memory().id(), bug);
            return AGAIN;
        }
    }
}
