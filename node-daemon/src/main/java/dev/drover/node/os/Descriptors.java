package dev.drover.node.os;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// File descriptors, of which a process has a limited number. Who finds none free has learnt
/// nothing of what it wanted to look at: that a process is gone least of all.
public final class Descriptors {
    private static final Duration AGAIN = Duration.ofMillis(200);

    private Descriptors() {}

    /// What needs descriptors.
    @FunctionalInterface
    public interface Call<T> {
        /// Does it once.
        T once() throws IOException, InterruptedException;
    }

    /// Whether it failed for want of one, here or on the whole machine.
    public static boolean lacking(IOException failure) {
        return String.valueOf(failure.getMessage())
                .toLowerCase(Locale.ROOT)
                .contains("too many open files");
    }

    /// Does it as soon as there are enough, however long that takes: only an interrupt ends it.
    public static <T> T await(Call<T> call) throws IOException, InterruptedException {
        while (true) {
            try {
                return call.once();
            } catch (IOException e) {
                if (!lacking(e)) {
                    throw e;
                }
            }
            LockSupport.parkNanos(AGAIN.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }
}
