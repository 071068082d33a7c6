package dev.drover.node.supervision;

import dev.drover.node.os.HeldFifo;
import dev.drover.node.os.Polling;
import dev.drover.node.os.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Keeps one output of a task flowing: starts its logger again when that was killed. The task waits
/// meanwhile, at the latest when its pipe is full; it never gets SIGPIPE, and what is in the pipe
/// stays there because this holds it. What the killed one had read and not yet written is lost.
final class Output {
    /// A logger that ends at once (a broken disk?) is started once in this time.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// How long the supervising process may take to start the first one.
    private static final Duration START_MAX = Duration.ofSeconds(2);

    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final Supervisor supervisor;
    private final RunPlace place;
    private final RunFolder folder;
    private final Stream stream;
    private final CountDownLatch drained = new CountDownLatch(1);

    /// Never opens: the thread is interrupted instead.
    private final CountDownLatch leaving = new CountDownLatch(1);

    Output(Supervisor supervisor, RunPlace place, Stream stream) {
        this.supervisor = supervisor;
        this.place = place;
        this.folder = new RunFolder(place.folder());
        this.stream = stream;
    }

    /// Runs until the task is over and its last byte is written, or until interrupted.
    void keep(Optional<ProcessIdentity> task) {
        try {
            if (Files.exists(folder.fifo(stream))) {
                try (HeldFifo pipe = HeldFifo.open(folder.fifo(stream))) {
                    keep(task, pipe);
                }
            }
            drained.countDown();
        } catch (IOException broken) {
            // The task goes on; what it writes waits in its pipe until the next daemon.
            drained.countDown();
        } catch (InterruptedException left) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(Optional<ProcessIdentity> task, HeldFifo pipe)
            throws IOException, InterruptedException {
        // Started by the supervising process, or by an earlier daemon.
        Optional<ProcessIdentity> first =
                Polling.until(START_MAX, LOOK_EVERY, () -> folder.logger(stream));
        if (first.isPresent()) {
            supervisor.exits().watch(first.get()).await();
        }
        while (alive(task) || pipe.pending() > 0) {
            long started = System.nanoTime();
            supervisor.exits().watch(supervisor.startLogger(place, stream)).await();
            if (System.nanoTime() - started < PAUSE.toNanos()) {
                leaving.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static boolean alive(Optional<ProcessIdentity> task) throws IOException {
        return task.isPresent() && task.get().alive();
    }

    /// Whether the last byte was written within the time.
    boolean drained(Duration max) throws InterruptedException {
        return drained.await(max.toMillis(), TimeUnit.MILLISECONDS);
    }
}
