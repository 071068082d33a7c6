package dev.drover.node.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.DriverState;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeResources;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import dev.drover.manifests.wire.TerminalSize;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.Execution;
import dev.drover.node.driver.Recovery;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskFolders;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.driver.Usage;
import dev.drover.node.driver.fake.FakeDriver;
import dev.drover.node.environment.Hardware;
import dev.drover.node.environment.NodeFacts;
import dev.drover.node.environment.TaskSubject;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.os.Signal;
import dev.drover.node.supervision.LogPlace;
import dev.drover.node.supervision.RunPlace;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/// A task's life on a driver without processes, killed between any two of its steps.
final class TaskRunnerTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Path NOWHERE = Path.of("/nowhere");

    /// A fake driver that remembers which runs it has started.
    private static final class CountingDriver implements Driver {
        private final FakeDriver fake = new FakeDriver(new FakeDriver.World());
        private final Semaphore scarce = new Semaphore(0);
        private final ConcurrentLinkedQueue<String> started = new ConcurrentLinkedQueue<>();

        @Override
        public String name() {
            return fake.name();
        }

        @Override
        public DriverState fingerprint() {
            return fake.fingerprint();
        }

        @Override
        public Start start(TaskRun run) {
            started.add(run.id());
            return fake.start(run);
        }

        @Override
        public Recovery recover(TaskRun run) throws IOException {
            if (scarce.tryAcquire()) {
                throw new IOException("/proc/1/stat: Too many open files");
            }
            return fake.recover(run);
        }
    }

    private final CountingDriver driver = new CountingDriver();

    static TaskContext context(String config) throws IOException {
        String json =
                """
                {"type":"batch","groups":[{"name":"g",
                 "restart":{"attempts":1,"interval":"10m","delay":"1ms","mode":"fail"},
                 "tasks":[{"name":"t","driver":"fake","killTimeout":"100ms","config":%s}]}]}
                """
                        .formatted(config);
        AssignedJob job =
                new AssignedJob("uid", 1, "job", "default", RecordJson.read(JobSpec.class, json));
        Assignment assignment =
                new Assignment(
                        "alloc",
                        "default",
                        new AllocationSpec(
                                "job",
                                "uid",
                                1,
                                "g",
                                0,
                                0,
                                "node",
                                new Granted(1, 1, 1, List.of()),
                                DesiredState.RUN,
                                "",
                                "",
                                Optional.empty(),
                                Optional.empty(),
                                false));
        var group = job.spec().group("g").orElseThrow();
        return TaskContext.of(
                new TaskSubject(assignment, job, group, group.task("t").orElseThrow()),
                new NodeFacts("uid", "node", status(), new Hardware(List.of(0), Map.of())),
                new TaskFolders(NOWHERE, NOWHERE));
    }

    private static NodeStatus status() {
        return new NodeStatus(
                NodePhase.READY,
                "",
                "dc1",
                "default",
                "",
                "127.0.0.1",
                "boot",
                new NodeResources(1, 1, 1, 1, 1, 1, List.of()),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                0,
                Optional.empty());
    }

    private TaskRunner runner(String config, TaskJournal journal, TaskMemory memory)
            throws IOException {
        return runner(driver, config, journal, memory);
    }

    private static TaskRunner runner(
            Driver driver, String config, TaskJournal journal, TaskMemory memory)
            throws IOException {
        RunPlace place = new RunPlace(NOWHERE, new LogPlace(NOWHERE, "t", 1, 1), Optional.empty());
        return new TaskRunner(
                context(config),
                new TaskTools(
                        driver,
                        List.of(),
                        _ -> place,
                        journal,
                        InstantSource.system(),
                        new SplittableRandom(1)),
                memory);
    }

    static TaskMemory end(TaskRunner runner) {
        await().atMost(SOON).until(() -> runner.memory().dead());
        return runner.memory();
    }

    private TaskMemory live(String config) throws IOException {
        TaskRunner runner = runner(config, _ -> {}, TaskMemory.fresh());
        runner.begin();
        return end(runner);
    }

    static List<String> events(TaskMemory memory) {
        return memory.state().events().stream().map(TaskEvent::type).toList();
    }

    @Test
    void a_task_that_succeeds_is_done() throws IOException {
        TaskMemory memory = live("{\"run_for_ms\":1}");

        assertThat(memory.state().failed()).isFalse();
        assertThat(memory.state().exit()).contains(new Exit.Code(0));
        assertThat(events(memory))
                .containsExactly("Received", "Task Setup", "Started", "Terminated");
    }

    @Test
    void a_task_that_fails_is_tried_again_and_then_given_up() throws IOException {
        TaskMemory memory = live("{\"run_for_ms\":1,\"exit_code\":3}");

        assertThat(memory.state().failed()).isTrue();
        assertThat(memory.state().restarts()).isEqualTo(1);
        assertThat(driver.started).containsExactly("alloc-t-1", "alloc-t-2");
        assertThat(events(memory)).endsWith("Terminated", "Not Restarting");
    }

    @Test
    void a_task_that_cannot_start_says_why() throws IOException {
        TaskMemory memory = live("{\"start_error\":\"no such image\"}");

        assertThat(memory.state().failed()).isTrue();
        assertThat(memory.state().events())
                .extracting(TaskEvent::message)
                .contains("no such image", "Error was unrecoverable");
    }

    @Test
    void a_stop_kills_after_the_grace_and_is_no_failure() throws IOException {
        TaskRunner runner = runner("{\"stubborn\":true}", _ -> {}, TaskMemory.fresh());
        runner.begin();
        await().atMost(SOON).until(() -> runner.running().isPresent());

        runner.stop();

        TaskMemory memory = end(runner);
        assertThat(memory.state().failed()).isFalse();
        assertThat(memory.state().exit()).contains(new Exit.Signal(9));
        assertThat(events(memory)).endsWith("Killing", "Terminated", "Killed");
    }

    /// Ends when it is to be stopped, before whoever stops it has got any further.
    private static final class EndsFirst implements Driver, Running {
        private final CountDownLatch stopping = new CountDownLatch(1);
        private final CountDownLatch seen = new CountDownLatch(1);
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
            stopping.await();
            return new Exit.Code(0);
        }

        @Override
        public Optional<Exit> await(Duration max) throws InterruptedException {
            stopping.countDown();
            seen.await();
            return Optional.of(new Exit.Code(0));
        }

        @Override
        public boolean signal(Signal signal) {
            return false;
        }

        @Override
        public Exit stop(Signal first, Duration grace) {
            stopped.countDown();
            return new Exit.Code(0);
        }

        @Override
        public Optional<Usage> stats() {
            return Optional.empty();
        }

        @Override
        public Execution exec(List<String> command, Optional<TerminalSize> terminal)
                throws IOException {
            throw new IOException("it has ended");
        }

        @Override
        public void leave() {}
    }

    @Test
    void nothing_is_written_of_a_stop_that_comes_after_the_end() throws Exception {
        EndsFirst ending = new EndsFirst();
        TaskRunner runner =
                runner(ending, "{},\"shutdownDelay\":\"1s\"", _ -> {}, TaskMemory.fresh());
        runner.begin();
        await().atMost(SOON).until(() -> runner.running().isPresent());
        runner.stop();
        runner.join();
        TaskMemory before = end(runner);

        ending.seen.countDown();
        ending.stopped.await();

        assertThat(runner.memory()).isEqualTo(before);
    }

    @Test
    void what_runs_is_recovered_once_a_descriptor_is_free() throws Exception {
        TaskRunner first = runner("{}", _ -> {}, TaskMemory.fresh());
        first.begin();
        await().atMost(SOON).until(() -> first.running().isPresent());
        TaskMemory left = first.memory();
        first.leave();
        driver.scarce.release(2);

        TaskRunner second = runner("{}", _ -> {}, left);
        second.begin();

        await().atMost(SOON).until(() -> second.memory().dead() || second.running().isPresent());
        assertThat(second.memory().dead()).isFalse();
        second.stop();
        second.join();
        assertThat(driver.started).hasSize(1);
    }

    @Test
    void a_stop_before_the_start_starts_nothing() throws IOException {
        TaskRunner runner = runner("{}", _ -> {}, TaskMemory.fresh());

        runner.stop();
        runner.begin();

        assertThat(end(runner).state().failed()).isFalse();
        assertThat(driver.started).isEmpty();
    }

    /// A daemon that dies at its `step`-th write: before it is durable, or right after.
    private static final class Mortal implements TaskJournal {
        private final int step;
        private final boolean durable;
        private final CountDownLatch dead = new CountDownLatch(1);
        private int writes;
        private TaskMemory written = TaskMemory.fresh();

        Mortal(int step, boolean durable) {
            this.step = step;
            this.durable = durable;
        }

        @Override
        public void write(TaskMemory memory) {
            writes++;
            if (writes < step || durable) {
                written = memory;
            }
            if (writes == step) {
                dead.countDown();
                LockSupport.park(this);
                throw new IllegalStateException("a dead daemon came back");
            }
        }
    }

    /// The code of what was told to end may be that of a success.
    @Test
    void what_was_to_be_restarted_is_whatever_becomes_of_the_daemon() throws Exception {
        Mortal mortal = new Mortal(3, true); // which begins, runs, and is to end
        TaskRunner first = runner("{}", mortal, TaskMemory.fresh());
        first.begin();
        await().atMost(SOON).until(() -> first.running().isPresent());
        Thread.ofPlatform().daemon().start(() -> first.unwell("it does not answer"));
        await().atMost(SOON).until(() -> mortal.dead.getCount() == 0);

        TaskRunner second = runner("{}", _ -> {}, mortal.written);
        second.begin();

        await().atMost(SOON).until(() -> driver.started.size() == 2);
        second.stop();
        assertThat(events(end(second))).containsOnlyOnce("Restart Signaled");
        assertThat(driver.started).hasSize(2);
    }

    @Test
    void goes_on_from_between_any_two_steps() throws Exception {
        String config = "{\"run_for_ms\":20,\"exit_code\":3}";
        int died = 0;
        for (boolean durable : List.of(true, false)) {
            for (int step = 1; step <= 8; step++) {

                TaskRunnerTest world = new TaskRunnerTest();
                Mortal mortal = new Mortal(step, durable);
                TaskRunner first = world.runner(config, mortal, TaskMemory.fresh());
                first.begin();
                await().atMost(SOON).until(() -> mortal.dead.getCount() == 0);
                died++;

                TaskRunner second = world.runner(config, _ -> {}, mortal.written);
                second.begin();

                TaskMemory memory = end(second);
                assertThat(memory.state().failed()).as("killed at write %s", step).isTrue();
                assertThat(memory.state().exit()).contains(new Exit.Code(3));
                assertThat(memory.state().restarts()).isEqualTo(1);
                assertThat(memory.state().events())
                        .as("killed at write %s", step)
                        .filteredOn(event -> event.type().equals("Terminated"))
                        .hasSize(2);
                assertThat(world.driver.started)
                        .as("killed at write %s, durable: %s", step, durable)
                        .doesNotHaveDuplicates()
                        .hasSize(2);
            }
        }
        assertThat(died).isEqualTo(16);
    }
}
