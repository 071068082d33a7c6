package dev.drover.node.main;

import dev.drover.node.os.MappedFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives memory back that was needed once. Often at first, since each step of a start needs its
/// own, and later now and then: a person who looks at logs, or a job, touches what nobody needs
/// afterwards.
final class Trim implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Trim.class);

    private static final Duration FIRST = Duration.ofMillis(125);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final CountDownLatch closed = new CountDownLatch(1);

    private Trim() {}

    /// Begins, where the system can.
    static Trim begin() {
        Trim trim = new Trim();
        if (MappedFiles.known()) {
            Thread.ofVirtual().name("trim").start(trim::keep);
        }
        return trim;
    }

    private void keep() {
        try {
            Duration pause = FIRST;
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                MappedFiles.release();
                pause = pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
            }
        } catch (IOException e) {
            LOG.warn("memory that was needed once stays with this process", e);
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
