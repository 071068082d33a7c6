package dev.drover.node.task;

import static dev.drover.node.task.TaskRunnerTest.context;
import static dev.drover.node.task.TaskRunnerTest.end;
import static dev.drover.node.task.TaskRunnerTest.events;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.DriverState;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.wire.TerminalSize;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.Execution;
import dev.drover.node.driver.Recovery;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.driver.Usage;
import dev.drover.node.driver.fake.FakeDriver;
import dev.drover.node.hook.Companion;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskHook;
import dev.drover.node.os.Signal;
import dev.drover.node.supervision.LogPlace;
import dev.drover.node.supervision.RunPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// A task's life where its node has too little of something, its clock is set, or its daemon makes
/// mistakes.
final class TaskHardshipTest {
    private static final Duration LONGER_THAN_THE_INTERVAL = Duration.ofMinutes(11);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Path NOWHERE = Path.of("/nowhere");

    /// On that clock, with that hook.
    private static TaskRunner runner(
            Driver driver, InstantSource clock, List<TaskHook> hooks, TaskMemory memory)
            throws IOException {
        RunPlace place = new RunPlace(NOWHERE, new LogPlace(NOWHERE, "t", 1, 1), Optional.empty());
        return new TaskRunner(
                context("{\"run_for_ms\":1}"),
                new TaskTools(driver, hooks, _ -> place, _ -> {}, clock, new SplittableRandom(1)),
                memory);
    }

    /// A clock on which no wait is long: whoever asks again finds that much time gone.
    private static InstantSource hasty(Duration gone) {
        AtomicInteger asked = new AtomicInteger();
        return () -> Instant.EPOCH.plus(gone.multipliedBy(asked.incrementAndGet()));
    }

    private static Driver fake() {
        return new FakeDriver(new FakeDriver.World());
    }

    /// Its first starts fail in this way.
    private static final class FailingDriver implements Driver {
        private final FakeDriver fake = new FakeDriver(new FakeDriver.World());
        private final Semaphore failures;
        private final Optional<IOException> failure;

        FailingDriver(int times, Optional<IOException> failure) {
            failures = new Semaphore(times);
            this.failure = failure;
        }

        @Override
        public String name() {
            return fake.name();
        }

        @Override
        public DriverState fingerprint() {
            return fake.fingerprint();
        }

        @Override
        public Start start(TaskRun run) throws IOException {
            if (failures.tryAcquire()) {
                throw failure.orElseThrow(); // a mistake when there is none
            }
            return fake.start(run);
        }

        @Override
        public Recovery recover(TaskRun run) {
            return fake.recover(run);
        }
    }

    @Test
    void a_start_for_which_the_node_lacks_descriptors_uses_up_no_restart() throws Exception {
        Driver lacking =
                new FailingDriver(3, Optional.of(new IOException("pipe: Too many open files")));
        TaskRunner runner =
                runner(lacking, hasty(Duration.ofSeconds(5)), List.of(), TaskMemory.fresh());

        runner.begin();

        TaskMemory memory = end(runner);
        assertThat(memory.state().failed()).as("%s", memory.state().events()).isFalse();
        assertThat(memory.state().restarts()).isZero();
        assertThat(events(memory)).containsSubsequence("Driver Failure", "Waiting", "Started");
    }

    @Test
    void a_mistake_of_the_driver_is_a_failed_start_and_no_task_that_is_never_heard_of()
            throws Exception {
        TaskRunner runner =
                runner(
                        new FailingDriver(1, Optional.empty()),
                        hasty(Duration.ofHours(1)),
                        List.of(),
                        TaskMemory.fresh());

        runner.begin();

        TaskMemory memory = end(runner);
        assertThat(memory.state().failed()).isFalse();
        assertThat(memory.state().restarts()).isEqualTo(1);
        assertThat(memory.state().events()).extracting(TaskEvent::message).contains(Words.MISTAKE);
    }

    /// Makes a mistake before each run, or beside it.
    private record Mistaken(boolean before) implements TaskHook {
        @Override
        public Optional<Announcement> announce(TaskContext task) {
            return Optional.of(new Announcement("Hooking", "", "Failed Hook"));
        }

        @Override
        public TaskContext prepare(TaskContext task) {
            if (before) {
                throw new IllegalStateException("a mistake before");
            }
            return task;
        }

        @Override
        public Optional<Companion> companion(TaskContext task) {
            return Optional.of(run -> {
                throw new IllegalStateException("a mistake beside");
            });
        }

        @Override
        public void undo(TaskContext task) {
            throw new IllegalStateException("a mistake after");
        }
    }

    @Test
    void a_mistake_of_a_hook_before_is_told_and_left_to_the_policy() throws Exception {
        TaskRunner runner =
                runner(
                        fake(),
                        hasty(Duration.ofSeconds(1)),
                        List.of(new Mistaken(true)),
                        TaskMemory.fresh());

        runner.begin();

        TaskMemory memory = end(runner);
        assertThat(memory.state().failed()).isTrue();
        assertThat(events(memory)).contains("Failed Hook", "Restarting");
        assertThat(memory.run()).isZero();
    }

    @Test
    void mistakes_of_a_hook_beside_and_after_change_no_end() throws Exception {
        TaskRunner runner =
                runner(
                        fake(),
                        InstantSource.system(),
                        List.of(new Mistaken(false)),
                        TaskMemory.fresh());

        runner.begin();

        assertThat(end(runner).state().exit()).contains(new Exit.Code(0));
        assertThat(runner.memory().state().failed()).isFalse();
    }

    @Test
    void a_restart_waits_no_longer_than_its_policy_though_the_clock_was_set_back()
            throws Exception {
        TaskMemory years =
                TaskMemory.fresh()
                        .nextRun()
                        .restartingAt(Instant.EPOCH.plus(Duration.ofDays(3650)), Restarts.NONE);
        TaskRunner runner = runner(fake(), hasty(LONGER_THAN_THE_INTERVAL), List.of(), years);

        runner.begin();

        assertThat(end(runner).state().failed()).isFalse();
        assertThat(runner.memory().run()).isEqualTo(2);
    }

    @Test
    void a_stop_that_fails_is_tried_again() throws Exception {
        Unwilling unwilling = new Unwilling();
        TaskRunner runner =
                runner(unwilling, InstantSource.system(), List.of(), TaskMemory.fresh());
        runner.begin();
        await().atMost(SOON).until(() -> runner.running().isPresent());

        runner.stop();

        assertThat(end(runner).state().failed()).isFalse();
        assertThat(unwilling.stops).hasValue(3);
        assertThat(runner.memory().state().events())
                .extracting(TaskEvent::message)
                .contains("it may have been its memory");
    }

    /// Cannot be stopped the first two times.
    private static final class Unwilling implements Driver, Running {
        private final AtomicInteger stops = new AtomicInteger();
        private final CountDownLatch stopped = new CountDownLatch(1);

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public DriverState fingerprint() {
            return new DriverState(true, "", Map.of());
        }

        @Override
        public Start start(TaskRun run) {
            return new Start.Started(this, List.of());
        }

        @Override
        public Recovery recover(TaskRun run) {
            return new Recovery.NeverStarted();
        }

        @Override
        public Exit await() throws InterruptedException {
            stopped.await();
            return new Exit.Signal(9);
        }

        @Override
        public Optional<Exit> await(Duration max) throws InterruptedException {
            return stopped.await(max.toMillis(), TimeUnit.MILLISECONDS)
                    ? Optional.of(new Exit.Signal(9))
                    : Optional.empty();
        }

        @Override
        public boolean signal(Signal signal) {
            return true;
        }

        @Override
        public Exit stop(Signal first, Duration grace) throws IOException {
            switch (stops.incrementAndGet()) {
                case 1 -> throw new IOException("cgroup.procs: Too many open files");
                case 2 -> throw new IllegalStateException("a mistake");
                default -> stopped.countDown();
            }
            return new Exit.Signal(9);
        }

        @Override
        public Optional<Usage> stats() {
            return Optional.empty();
        }

        @Override
        public Execution exec(List<String> command, Optional<TerminalSize> terminal)
                throws IOException {
            throw new IOException("nothing can be run beside it");
        }

        @Override
        public Optional<String> remark() {
            return Optional.of("it may have been its memory");
        }

        @Override
        public void leave() {}
    }
}
