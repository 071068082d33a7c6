package dev.drover.node.alloc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// What is due at a time, on a thread of its own, unless its allocation is left before.
///
/// @param name of the thread
/// @param leaving opens when it is left
record Deadline(String name, InstantSource clock, CountDownLatch leaving) {
    /// How long that takes is worked out now: a clock that is set later changes nothing.
    void at(Instant when, Runnable due) {
        long millis = Duration.between(clock.instant(), when).toMillis() + 1; // never too early
        Thread.ofVirtual().name(name).start(() -> await(Math.max(0, millis), due));
    }

    private void await(long millis, Runnable due) {
        try {
            if (!leaving.await(millis, TimeUnit.MILLISECONDS)) {
                due.run();
            }
        } catch (InterruptedException leave) {
            Thread.currentThread().interrupt();
        }
    }
}
