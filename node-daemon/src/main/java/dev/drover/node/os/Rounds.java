package dev.drover.node.os;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is done again and again on a thread of its own, until it is closed. A mistake ends its
/// round and no other one: nobody would see that the thread is gone.
public final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final String name;
    private final Duration every;
    private final Runnable round;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Rounds(String name, Duration every, Runnable round) {
        this.name = name;
        this.every = every;
        this.round = round;
        thread = Thread.ofVirtual().name(name).unstarted(this::keep);
    }

    /// Begins them, the first one after that time.
    public static Rounds begin(String name, Duration every, Runnable round) {
        Rounds rounds = new Rounds(name, every, round);
        rounds.thread.start();
        return rounds;
    }

    private void keep() {
        try {
            while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                once();
            }
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    private void once() {
        try {
            round.run();
        } catch (RuntimeException bug) {
            LOG.error("a mistake in {}: it goes on with its next round", name, bug);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
