package dev.drover.store.durable;

import dev.drover.store.Commit;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// Counts what happens; any thread adds.
final class Tally {
    private final LongAdder done = new LongAdder();
    private final LongAdder conflicts = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder syncs = new LongAdder();
    private final LongAdder syncNanos = new LongAdder();

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
            syncs.increment();
            syncNanos.add(System.nanoTime() - begin);
        };
    }

    Stats.Counts counts() {
        return new Stats.Counts(
                done.sum(),
                conflicts.sum(),
                refused.sum(),
                unknown.sum(),
                syncs.sum(),
                Duration.ofNanos(syncNanos.sum()));
    }
}
