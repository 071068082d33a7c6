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
/// afterwards. The JVM by itself would rather let the heap grow than look for what is garbage in
/// it.
final class Trim implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Trim.class);

    private static final Duration FIRST = Duration.ofMillis(125);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /// No earlier is the heap looked at: a start has better to do.
    private static final Duration STARTED = Duration.ofSeconds(1);

    /// By an eighth: so the time it takes, 20 ms for a hundred tasks, is spent seldom.
    private static final int GROWN_PART = 8;

    private final CountDownLatch closed = new CountDownLatch(1);

    private Trim() {}

    /// Begins, where the system can.
    static Trim begin() {
        Trim trim = new Trim();
        MappedFiles.open()
                .ifPresent(files -> Thread.ofVirtual().name("trim").start(() -> trim.keep(files)));
        return trim;
    }

    private void keep(MappedFiles mapped) {
        try (MappedFiles files = mapped) {
            long heapBytes = 0;
            Duration pause = FIRST;
            while (!closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                if (pause.compareTo(STARTED) >= 0) {
                    heapBytes = collect(heapBytes);
                }
                release(files); // second: to collect touches much
                pause = pause.multipliedBy(2);
                pause = pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
            }
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    /// The next round tries again what fails, as without a free file descriptor.
    private static void release(MappedFiles files) {
        try {
            files.release();
        } catch (IOException | RuntimeException e) {
            LOG.warn("memory that was needed once stays with this process for now", e);
        }
    }

    /// What nobody holds any more, once the heap has grown since; how large it is then.
    private static long collect(long heapBytes) {
        if (Runtime.getRuntime().totalMemory() > heapBytes + heapBytes / GROWN_PART) {
            System.gc();
            return Runtime.getRuntime().totalMemory();
        }
        return heapBytes;
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
