package dev.drover.node.alloc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationSpec;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Granted;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.wire.AllocationReport;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import dev.drover.manifests.wire.ToNode.Desired;
import dev.drover.node.driver.Shortage;
import dev.drover.node.driver.fake.FakeDriver;
import dev.drover.node.environment.Hardware;
import dev.drover.node.environment.NodeFacts;
import dev.drover.node.link.Arrivals;
import dev.drover.node.link.Silence;
import dev.drover.node.os.Exits;
import dev.drover.node.os.Scarcity;
import dev.drover.node.supervision.Supervisor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Allocations of a task that is nothing but its end.
@Timeout(60)
final class AllocationRunnerTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// Of a group whose health somebody waits for, who has seen enough of it at once.
    private static final String MIGRATING =
            "\"migrate\":{\"healthCheck\":\"task_states\",\"minHealthyTime\":\"0s\"},";

    @TempDir Path folder;
    private final List<AllocationReport> told = new CopyOnWriteArrayList<>();

    private AllocationTools tools(List<AllocationHook> hooks, AllocationRunner... others)
            throws IOException {
        NodeFacts facts = facts();
        return tools(hooks, () -> facts, others);
    }

    private static NodeFacts facts() throws IOException {
        NodeStatus status =
                RecordJson.read(NodeStatus.class, "{\"phase\":\"ready\",\"resources\":{}}");
        return new NodeFacts("uid", "node", status, new Hardware(List.of(0), Map.of()));
    }

    private AllocationTools tools(
            List<AllocationHook> hooks, Supplier<NodeFacts> facts, AllocationRunner... others) {
        return new AllocationTools(
                folder,
                new AllocationTools.Hooks(hooks, List.of()),
                Map.of("fake", new FakeDriver(new FakeDriver.World())),
                facts,
                _ -> List.of(others).stream().findFirst(),
                new Arrivals(),
                () -> new Silence(Duration.ZERO, Duration.ZERO),
                Optional.empty(),
                InstantSource.system(),
                new SplittableRandom(1));
    }

    /// Of a group with one task, `t`.
    static AllocationMemory memory(String id, Optional<String> previous) throws IOException {
        return memory(id, previous, "");
    }

    /// @param more of its group
    private static AllocationMemory memory(String id, Optional<String> previous, String more)
            throws IOException {
        String json =
                """
                {"type":"service","groups":[{"name":"g","ephemeralDisk":{"sticky":true},%s
                 "tasks":[{"name":"t","driver":"fake"}]}]}
                """
                        .formatted(more);
        return new AllocationMemory(
                new Assignment(id, "default", spec(previous, Optional.empty())),
                new AssignedJob("uid", 1, "job", "default", RecordJson.read(JobSpec.class, json)));
    }

    private static AllocationSpec spec(Optional<String> previous, Optional<String> deployment) {
        return new AllocationSpec(
                "job",
                "uid",
                1,
                "g",
                0,
                0,
                "node",
                new Granted(1, 1, 0, List.of()),
                DesiredState.RUN,
                "",
                "",
                previous,
                deployment,
                false);
    }

    private void become(AllocationPhase phase) {
        await().atMost(SOON)
                .until(() -> !told.isEmpty() && told.getLast().status().phase() == phase);
    }

    @Test
    void what_its_node_lacks_for_a_moment_fails_no_allocation() throws Exception {
        AtomicInteger tries = new AtomicInteger();
        AllocationHook lacking =
                new AllocationHook() {
                    @Override
                    public List<TaskEvent> prepare(
                            AllocationMemory allocation, AllocationFolders folders)
                            throws IOException {
                        if (tries.incrementAndGet() == 1) {
                            throw new IOException("mount: Too many open files");
                        }
                        return List.of();
                    }

                    @Override
                    public void undo(AllocationMemory allocation, AllocationFolders folders) {}
                };
        AllocationRunner runner =
                new AllocationRunner(
                        memory("a", Optional.empty()), tools(List.of(lacking)), told::add);

        runner.begin();

        become(AllocationPhase.RUNNING);
        assertThat(tries).hasValue(2);
        runner.remove();
    }

    @Test
    void a_mistake_of_ours_fails_it_and_can_be_removed() throws Exception {
        Supplier<NodeFacts> mistaken =
                () -> {
                    throw new IllegalStateException("a mistake");
                };
        AllocationRunner runner =
                new AllocationRunner(
                        memory("a", Optional.empty()), tools(List.of(), mistaken), told::add);

        runner.begin();

        become(AllocationPhase.FAILED);
        assertThat(runner.over().getCount()).isZero();
        assertThat(told.getLast().status().tasks().values())
                .flatMap(TaskState::events)
                .extracting(TaskEvent::message)
                .contains("a mistake of the node: its log says more");
        runner.remove();
    }

    /// As a check does while its task ends.
    @Test
    void what_was_seen_earlier_is_never_told_later() throws Exception {
        CountDownLatch telling = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        Consumer<AllocationReport> hearing =
                report -> {
                    if (Thread.currentThread().getName().equals("slow")) {
                        telling.countDown();
                        awhile(ended);
                    }
                    told.add(report);
                    if (report.status().phase().terminal()) {
                        ended.countDown();
                    }
                };
        AllocationRunner runner =
                new AllocationRunner(memory("a", Optional.empty()), tools(List.of()), hearing);
        runner.begin();
        become(AllocationPhase.RUNNING);

        Thread slow = Thread.ofPlatform().name("slow").start(runner::tell);
        telling.await();
        runner.task("t").orElseThrow().stop();
        slow.join();

        become(AllocationPhase.COMPLETE);
    }

    /// Long enough for whoever could overtake it.
    private static void awhile(CountDownLatch ended) {
        try {
            ended.await(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void who_waits_for_the_end_of_one_that_is_removed_while_it_waits_itself_goes_on()
            throws Exception {
        AllocationRunner first =
                new AllocationRunner(memory("a", Optional.empty()), tools(List.of()), told::add);
        first.begin();
        become(AllocationPhase.RUNNING);
        AllocationRunner second =
                new AllocationRunner(
                        memory("b", Optional.of("a")), tools(List.of(), first), told::add);
        second.begin();
        become(AllocationPhase.PENDING);

        second.remove();

        assertThat(second.over().getCount()).isZero();
        first.remove();
    }

    @Test
    void nothing_is_written_down_of_health_that_nobody_asks_for() throws Exception {
        AllocationRunner unasked =
                new AllocationRunner(memory("a", Optional.empty()), tools(List.of()), told::add);
        AllocationMemory limited = memory("b", Optional.empty(), "\"maxRunDuration\":\"1h\",");
        AllocationRunner asked = new AllocationRunner(limited, tools(List.of()), told::add);

        unasked.begin();
        asked.begin();

        assertThat(health("a")).doesNotExist();
        assertThat(health("b")).exists();
        become("a", AllocationPhase.RUNNING);
        become("b", AllocationPhase.RUNNING);
        unasked.remove();
        asked.remove();
    }

    @Test
    void whose_health_is_asked_for_later_is_watched_from_then_on() throws Exception {
        AllocationRunner runner =
                new AllocationRunner(memory("a", Optional.empty()), tools(List.of()), told::add);
        runner.begin();
        become("a", AllocationPhase.RUNNING);

        runner.update(memory("a", Optional.empty(), MIGRATING));

        await().atMost(SOON)
                .until(() -> told.getLast().status().healthy().equals(Optional.of(Boolean.TRUE)));
        runner.remove();
    }

    private Path health(String id) {
        return new AllocationFolders(folder, id).state().resolve("health");
    }

    @Test
    void whose_health_cannot_be_read_stops_and_lets_the_others_begin() throws Exception {
        try (Exits exits = new Exits()) {
            Allocations allocations = allocations(tools(List.of()), exits);
            AllocationMemory a = memory("a", Optional.empty(), MIGRATING);
            AllocationMemory b = memory("b", Optional.empty(), MIGRATING);
            allocations.apply(whole(a), List.of());
            become(AllocationPhase.RUNNING);
            Files.delete(health("a"));
            Files.createDirectories(health("a"));

            allocations.apply(whole(stopped(a), b), List.of());

            become("a", AllocationPhase.COMPLETE);
            become("b", AllocationPhase.RUNNING);
            allocations.removeAll();
        }
    }

    private Allocations allocations(AllocationTools tools, Exits exits) throws IOException {
        return new Allocations(
                tools,
                new Leftovers(
                        folder, Supervisor.open(folder.resolve("bin"), exits), Optional.empty()),
                told::add,
                Duration.ofMillis(10));
    }

    private static Desired whole(AllocationMemory... all) {
        return new Desired(
                1,
                true,
                List.of(all[0].job()),
                List.of(all).stream().map(AllocationMemory::assignment).toList(),
                List.of());
    }

    /// By another deployment.
    private static AllocationMemory stopped(AllocationMemory memory) {
        AllocationSpec spec =
                spec(Optional.empty(), Optional.of("next")).stopped(DesiredState.STOP, "");
        return new AllocationMemory(
                new Assignment(memory.id(), memory.assignment().namespace(), spec), memory.job());
    }

    private void become(String id, AllocationPhase phase) {
        await().atMost(SOON)
                .until(() ->
                        told.stream()
                                .anyMatch(r -> r.id().equals(id) && r.status().phase() == phase));
    }

    @Test
    void what_cannot_be_begun_without_a_free_descriptor_is_begun_with_the_next_word()
            throws Exception {
        try (Exits exits = new Exits()) {
            Allocations allocations = allocations(tools(List.of()), exits);
            AllocationMemory a = memory("a", Optional.empty());
            AllocationMemory b = memory("b", Optional.empty());
            allocations.apply(whole(a), List.of()); // what it needs is loaded
            become("a", AllocationPhase.RUNNING);
            assertThat(Shortage.in("Too many open files")).isTrue(); // loaded, too
            Desired both = whole(a, b);
            String failure = "";
            try (Scarcity _ = new Scarcity()) {
                allocations.apply(both, List.of());
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
            }

            allocations.apply(both, List.of());

            become("b", AllocationPhase.RUNNING);
            assertThat(failure).contains("cannot be begun just now");
            allocations.removeAll();
        }
    }

    @Test
    void a_removal_that_fails_is_tried_again() throws Exception {
        AtomicInteger failures = new AtomicInteger(2);
        AllocationHook broken =
                new AllocationHook() {
                    @Override
                    public List<TaskEvent> prepare(
                            AllocationMemory allocation, AllocationFolders folders) {
                        return List.of();
                    }

                    @Override
                    public void undo(AllocationMemory allocation, AllocationFolders folders)
                            throws IOException {
                        if (failures.getAndDecrement() > 0) {
                            throw new IOException("the disk is away");
                        }
                    }
                };
        try (Exits exits = new Exits()) {
            Allocations allocations = allocations(tools(List.of(broken)), exits);
            AllocationMemory a = memory("a", Optional.empty());
            allocations.apply(
                    new Desired(1, true, List.of(a.job()), List.of(a.assignment()), List.of()),
                    List.of());
            become(AllocationPhase.RUNNING);

            allocations.apply(new Desired(2, true, List.of(), List.of(), List.of()), List.of());

            await().atMost(SOON).until(() -> allocations.all().isEmpty());
        }
    }
}
