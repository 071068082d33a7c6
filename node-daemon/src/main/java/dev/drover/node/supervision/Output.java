package dev.drover.node.supervision;

import dev.drover.node.os.Descriptors;
import dev.drover.node.os.Fifo;
import dev.drover.node.os.Polling;
import dev.drover.node.os.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the outputs of a task flowing: starts their logger again when that was killed. The task
/// waits meanwhile, at the latest when a pipe is full; it never gets SIGPIPE, and what is in the
/// pipes stays there because this holds them.
final class Output {
    private static final Logger LOG = LoggerFactory.getLogger(Output.class);

    /// A logger that ends at once (a broken disk?) is started once in this time.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// How long it may take until the first one is there, for which the supervising process sees.
    private static final Duration START_MAX = Duration.ofSeconds(2);

    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private final Supervisor supervisor;
    private final RunPlace place;
    private final RunFolder folder;
    private final CountDownLatch drained = new CountDownLatch(1);

    /// Never opens: the thread is interrupted instead.
    private final CountDownLatch leaving = new CountDownLatch(1);

    Output(Supervisor supervisor, RunPlace place) {
        this.supervisor = supervisor;
        this.place = place;
        this.folder = new RunFolder(place.folder());
    }

    /// Runs until the task is over and its last byte is written, or until interrupted.
    ///
    /// @param shim who sees to the first logger
    void keep(Optional<ProcessIdentity> shim, Optional<ProcessIdentity> task) {
        try {
            Path stdout = folder.fifo(Stream.STDOUT);
            Path stderr = folder.fifo(Stream.STDERR);
            if (Files.exists(stdout) && Files.exists(stderr)) {
                try (Fifo out = Descriptors.await(() -> Fifo.hold(stdout));
                        Fifo err = Descriptors.await(() -> Fifo.hold(stderr))) {
                    Descriptors.await(() -> {
                        keep(shim, task, List.of(out, err));
                        return true;
                    });
                }
            }
            drained.countDown();
        } catch (IOException broken) {
            // The task goes on; what it writes waits in its pipes until the next daemon.
            drained.countDown();
        } catch (RuntimeException bug) { // the end of the run does not wait for this thread
            LOG.error("the output in {} is not kept flowing any more", place.folder(), bug);
            drained.countDown();
        } catch (InterruptedException left) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep(
            Optional<ProcessIdentity> shim, Optional<ProcessIdentity> task, List<Fifo> pipes)
            throws IOException, InterruptedException {
        // Started for the supervising process, or by an earlier daemon.
        Optional<ProcessIdentity> first =
                Polling.until(START_MAX, LOOK_EVERY, () -> started(shim, pipes))
                        .flatMap(Function.identity());
        if (first.isPresent()) {
            supervisor.exits().watch(first.get()).await();
        }
        while (alive(task) || waiting(pipes)) {
            long started = System.nanoTime();
            supervisor.exits().watch(supervisor.startLogger(place)).await();
            if (System.nanoTime() - started < PAUSE.toNanos()) {
                leaving.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    /// The logger that was started; nobody, once none is on its way or has anything to do. Until
    /// either is so, empty.
    private Optional<Optional<ProcessIdentity>> started(
            Optional<ProcessIdentity> shim, List<Fifo> pipes) throws IOException {
        boolean gone = !alive(shim); // first: what it has seen to before its end is not missed
        Optional<ProcessIdentity> logger = folder.logger();
        boolean nobody = gone && (folder.exit().isEmpty() || !waiting(pipes));
        return logger.isPresent() || nobody ? Optional.of(logger) : Optional.empty();
    }

    private static boolean waiting(List<Fifo> pipes) {
        return pipes.stream().anyMatch(pipe -> pipe.pending() > 0);
    }

    private static boolean alive(Optional<ProcessIdentity> process) throws IOException {
        return process.isPresent() && process.get().alive();
    }

    /// Whether the last byte was written within the time.
    boolean drained(Duration max) throws InterruptedException {
        return drained.await(max.toMillis(), TimeUnit.MILLISECONDS);
    }
}
