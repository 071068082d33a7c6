package dev.drover.node.os;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Looks again and again, for the few things that give no notice: a small file of a process that is
/// just starting, an exit that the kernel tells a little after the end.
public final class Polling {
    private Polling() {}

    /// What is looked for; empty while it is not there.
    @FunctionalInterface
    public interface Look<T> {
        /// Looks once.
        Optional<T> once() throws IOException;
    }

    /// Looks at once and then every `every`, until it is there or `max` has passed.
    public static <T> Optional<T> until(Duration max, Duration every, Look<T> look)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + max.toNanos();
        Optional<T> found = look.once();
        while (found.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(every.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            found = look.once();
        }
        return found;
    }
}
