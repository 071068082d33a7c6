package dev.drover.store.durable;

import dev.drover.store.Commit;
import java.util.concurrent.atomic.LongAdder;

/// Counts what happens; any thread adds.
final class Tally {
    private static final double NANOS = 1e9;

    private final LongAdder done = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder replays = new LongAdder();
    private final LongAdder cleanedChanges = new LongAdder();
    private final Histogram groups = new Histogram(1, 4, 16, 64, 256, 1_024, 4_096);
    private final Histogram queued = Histogram.ofSeconds();
    private final Histogram syncs = Histogram.ofSeconds();
    private final Histogram cleanings = Histogram.ofSeconds();

    Commit count(Commit commit) {
        switch (commit) {
            case Commit.Done _ -> done.increment();
            case Commit.Conflict _ -> conflicts.increment();
            case Commit.Refused _ -> refused.increment();
            case Commit.Unknown _ -> unknown.increment();
        }
        return commit;
    }

    /// The same, counted and timed.
    Runnable timed(Runnable sync) {
        return () -> {
            long begin = System.nanoTime();
            sync.run();
            syncs.add((System.nanoTime() - begin) / NANOS);
        };
    }

    void group(int transactions, long waitedNanos) {
        groups.add(transactions);
        queued.add(waitedNanos / NANOS);
    }

    /// A watch read from disk.
    void replay() {
        replays.increment();
    }

    void cleaned(int changes, long nanos) {
        cleanedChanges.add(changes);
        cleanings.add(nanos / NANOS);
    }

    Stats.Counts counts() {
        return new Stats.Counts(
                done.sum(),
                conflicts.sum(),
                refused.sum(),
                unknown.sum(),
                replays.sum(),
                cleanedChanges.sum());
    }

    Stats.Paces paces() {
        return new Stats.Paces(groups.now(), queued.now(), syncs.now(), cleanings.now());
    }
}
