package dev.drover.node.task;

import dev.drover.manifests.model.Task;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.node.driver.Running;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How a run of a task is ended: after its delay, by its signal, and by force after its grace.
record Stopping(Task task, String name, InstantSource clock, Consumer<TaskEvent> told) {
    private static final Logger LOG = LoggerFactory.getLogger(Stopping.class);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(5);

    /// What could not be stopped, as without a free file descriptor, is stopped again after this
    /// time: nobody else would.
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /// Does it; whoever is interrupted leaves the run as it is.
    void of(Running run) {
        Duration grace = task.killTimeout().orElse(KILL_TIMEOUT);
        try {
            Duration delay = task.shutdownDelay().orElse(Duration.ZERO);
            if (delay.isPositive()) {
                told.accept(Events.waitingForShutdownDelay(clock.instant(), delay));
                run.await(delay);
            }
            told.accept(Events.killing(clock.instant(), grace));
            boolean over = stopped(run, grace);
            while (!over) {
                over = run.await(AGAIN).isPresent() || stopped(run, Duration.ZERO);
            }
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    /// False when it failed, whoever's mistake that was.
    private boolean stopped(Running run, Duration grace) throws InterruptedException {
        Signal first = task.killSignal().flatMap(Signal::named).orElse(Signal.SIGINT);
        try {
            run.stop(first, grace);
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.error("task {} cannot be stopped; it is tried again", name, e);
            return false;
        }
    }
}
