package dev.drover.node.task;

import dev.drover.manifests.model.TaskEvent;
import dev.drover.node.driver.Running;
import dev.drover.node.hook.Companion;
import dev.drover.node.hook.RunControl;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Those who go along with one run of a task, each on a thread of its own that is interrupted when
/// the run has ended.
///
/// @param name of the run
record Companions(String name, InstantSource clock, RandomGenerator chance, Subject subject) {
    private static final Logger LOG = LoggerFactory.getLogger(Companions.class);

    /// Whoever made a mistake goes on after this time: nobody else does what it does.
    private static final Duration MISTAKEN = Duration.ofSeconds(30);

    /// The task that they go along with.
    interface Subject {
        /// Ends the run.
        void end(Interruption.Kind kind, String because);

        /// Says what they did to it.
        void tell(Running run, TaskEvent event);
    }

    /// Begins their threads.
    List<Thread> begin(List<Companion> companions, Running run) {
        return companions.stream()
                .map(companion ->
                        Thread.ofVirtual()
                                .name("beside-" + name)
                                .start(() -> accompany(companion, new Control(run))))
                .toList();
    }

    private void accompany(Companion companion, Control control) {
        boolean told = false;
        try {
            while (!accompanied(companion, control)) {
                if (!told) {
                    control.tell("Task hook failed", Words.MISTAKE);
                    told = true;
                }
                control.pause(MISTAKEN);
            }
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        }
    }

    /// False when it was ended by a mistake.
    private boolean accompanied(Companion companion, Control control) throws InterruptedException {
        try {
            companion.accompany(control);
            return true;
        } catch (RuntimeException bug) {
            LOG.error("task {}: a mistake beside it", name, bug);
            return false;
        }
    }

    private final class Control implements RunControl {
        /// Never opens: the thread is interrupted instead.
        private final CountDownLatch over = new CountDownLatch(1);

        private final Running run;

        Control(Running run) {
            this.run = run;
        }

        @Override
        public Running running() {
            return run;
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            over.await(time.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public void splay(Duration max) throws InterruptedException {
            pause(Duration.ofMillis((long) (max.toMillis() * chance.nextDouble())));
        }

        @Override
        public void restart(String because) {
            subject.end(Interruption.Kind.RENEWED, because);
        }

        @Override
        public void fail(String because) {
            subject.end(Interruption.Kind.REFUSED, because);
        }

        @Override
        public void signal(Signal signal, String because) {
            subject.tell(run, Events.signaling(clock.instant(), signal.name(), because));
            try {
                run.signal(signal);
            } catch (IOException e) {
                LOG.warn("task {} cannot be signalled", name, e);
            }
        }

        @Override
        public void tell(String type, String message) {
            subject.tell(run, new TaskEvent(clock.instant(), type, message));
        }
    }
}
