package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.AllocationStatus;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.TaskEvent;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.LogPart;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.ToNode;
import dev.drover.node.fingerprint.Fingerprint;
import dev.drover.node.link.Dial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A whole daemon in this process, real tasks, and a small controller.
final class NodeDaemonTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir Path folder;
    private SmallController controller;
    private NodeDaemon daemon;
    private int nextStream;

    @BeforeEach
    void start() throws IOException {
        controller = new SmallController();
        daemon = NodeDaemon.start(config());
        await().atMost(SOON).until(controller::linked);
    }

    @AfterEach
    void stop() throws Exception {
        daemon.removeAll();
        controller.close();
        assertThat(Remains.groups(Identity.open(folder.resolve("data/node")).uid())).isEmpty();
        assertThat(controller.violations()).isEmpty();
        try (var left = Files.walk(folder.resolve("data"))) {
            assertThat(left.map(p -> folder.resolve("data").relativize(p).toString()))
                    .isSubsetOf(
                            Set.of(
                                    "",
                                    "lock",
                                    "node",
                                    "reports",
                                    "heard",
                                    "artifacts",
                                    "alloc",
                                    "runs",
                                    "state",
                                    "bin",
                                    "bin/supervise.sh",
                                    "bin/logger.pl",
                                    "bin/jail.pl"));
        }
    }

    private NodeConfig config() {
        return new NodeConfig(
                Dial.plain(controller.url()),
                folder.resolve("data"),
                Optional.of("node"),
                Optional.of("127.0.0.1"),
                new Fingerprint.Words("dc1", "default", "", Map.of()));
    }

    private void restart() throws IOException {
        daemon.close();
        daemon = NodeDaemon.start(config());
    }

    private void run(String id, String type, String script) throws IOException {
        AssignedJob job = Jobs.shell(id, type, script);
        controller.want(
                Jobs.whole(List.of(job), List.of(Jobs.assignment(id, job, DesiredState.RUN))));
    }

    private AllocationStatus becomes(String id, AllocationPhase phase) {
        await().atMost(SOON)
                .until(() ->
                        controller.heard(id).filter(r -> r.status().phase() == phase).isPresent());
        return controller.heard(id).orElseThrow().status();
    }

    private static TaskState task(AllocationStatus status) {
        return Optional.ofNullable(status.tasks().get("t")).orElseThrow();
    }

    private static List<String> events(AllocationStatus status) {
        return task(status).events().stream().map(TaskEvent::type).toList();
    }

    /// As the unpacking of a large file does: this node is not lost because of it.
    @Test
    void it_lives_whatever_holds_its_virtual_threads_up() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                Thread.ofVirtual().start(() -> spin(over));
            }
            int before = controller.heartbeats();

            await().atMost(SOON).until(() -> controller.heartbeats() > before);
        } finally {
            over.set(true);
        }
    }

    private static void spin(AtomicBoolean over) {
        while (!over.get()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_batch_task_completes_and_tells_its_story() throws Exception {
        run("a1", "batch", "echo hello; exit 0");

        AllocationStatus status = becomes("a1", AllocationPhase.COMPLETE);

        assertThat(task(status).exit()).contains(new Exit.Code(0));
        assertThat(task(status).failed()).isFalse();
        assertThat(events(status))
                .containsExactly("Received", "Task Setup", "Started", "Terminated");
    }

    @Test
    void what_no_process_can_be_given_is_refused() throws Exception {
        run("a1", "batch", "echo \0");

        AllocationStatus status = becomes("a1", AllocationPhase.FAILED);

        assertThat(events(status)).contains("Driver Failure");
        assertThat(status.because()).contains("NUL byte");
    }

    @Test
    void a_task_that_fails_is_restarted_until_its_policy_is_used_up() throws Exception {
        run("a1", "batch", "exit 9");

        AllocationStatus status = becomes("a1", AllocationPhase.FAILED);

        assertThat(task(status).exit()).contains(new Exit.Code(9));
        assertThat(task(status).restarts()).isEqualTo(3);
        assertThat(status.because()).contains("Exceeded allowed attempts 3 in interval 10m0s");
    }

    private AllocationStatus decided(String id, boolean healthy) {
        await().atMost(SOON)
                .until(() ->
                        controller
                                .heard(id)
                                .flatMap(r -> r.status().healthy())
                                .equals(Optional.of(healthy)));
        return controller.heard(id).orElseThrow().status();
    }

    private void watched(String min, String deadline, String script) throws IOException {
        AssignedJob job = Jobs.watched("a1", min, deadline, script);
        controller.want(
                Jobs.whole(List.of(job), List.of(Jobs.assignment("a1", job, DesiredState.RUN))));
    }

    @Test
    void what_has_run_for_long_enough_is_healthy_and_the_next_daemon_knows() throws Exception {
        watched("100ms", "1m", "exec sleep 300");
        AllocationStatus before = decided("a1", true);
        int registrations = controller.registrations();

        restart();

        await().atMost(SOON).until(() -> controller.registrations() > registrations);
        assertThat(becomes("a1", AllocationPhase.RUNNING)).isEqualTo(before);
    }

    @Test
    void what_fails_is_not_healthy_and_its_task_says_so() throws Exception {
        watched("1m", "5m", "exit 3");

        await().atMost(SOON).until(() -> events(decided("a1", false)).contains("Alloc Unhealthy"));
        AllocationStatus status = becomes("a1", AllocationPhase.FAILED);
        assertThat(status.because()).doesNotContain("Unhealthy");
    }

    @Test
    void what_does_not_run_by_the_deadline_is_not_healthy() throws Exception {
        watched("1m", "200ms", "exec sleep 300");

        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(task(decided("a1", false)).events().getLast().message())
                                .isEqualTo(
                                        "Task not running for min_healthy_time of 1m0s by"
                                                + " healthy_deadline of 200ms"));
    }

    @Test
    void a_stop_ends_it_on_purpose() throws Exception {
        run("a1", "service", "trap 'exit 0' INT; echo up; while :; do sleep 0.05; done");
        becomes("a1", AllocationPhase.RUNNING);
        AssignedJob job =
                Jobs.shell(
                        "a1",
                        "service",
                        "trap 'exit 0' INT; echo up; while :; do sleep 0.05; done");

        controller.want(
                Jobs.whole(List.of(job), List.of(Jobs.assignment("a1", job, DesiredState.STOP))));

        AllocationStatus status = becomes("a1", AllocationPhase.COMPLETE);
        assertThat(events(status)).endsWith("Killing", "Terminated", "Killed");
    }

    @Test
    void what_the_server_no_longer_names_is_removed() throws Exception {
        run("a1", "service", "exec sleep 300");
        becomes("a1", AllocationPhase.RUNNING);

        controller.want(Jobs.whole(List.of(), List.of()));

        await().atMost(SOON).until(() -> !Files.exists(folder.resolve("data/state/a1")));
        assertThat(folder.resolve("data/alloc/a1")).doesNotExist();
        assertThat(folder.resolve("data/runs/a1")).doesNotExist();
    }

    @Test
    void what_must_not_run_and_is_not_here_is_reported_so() throws Exception {
        AssignedJob job = Jobs.shell("a1", "service", "exec sleep 300");
        controller.want(
                Jobs.whole(List.of(job), List.of(Jobs.assignment("a1", job, DesiredState.STOP))));

        assertThat(becomes("a1", AllocationPhase.COMPLETE).because())
                .isEqualTo("it is not on its node");
    }

    @Test
    void tasks_outlive_the_daemon_and_their_ends_are_told_by_the_next() throws Exception {
        Path gate = folder.resolve("gate");
        run("a1", "batch", "while [ ! -e " + gate + " ]; do sleep 0.02; done; echo on; exit 0");
        becomes("a1", AllocationPhase.RUNNING);
        daemon.close();
        Files.createFile(gate);

        daemon = NodeDaemon.start(config());

        AllocationStatus status = becomes("a1", AllocationPhase.COMPLETE);
        assertThat(task(status).exit()).contains(new Exit.Code(0));
        assertThat(task(status).restarts()).isZero();
        assertThat(events(status))
                .containsExactly("Received", "Task Setup", "Started", "Terminated");
    }

    @Test
    void a_daemon_that_is_restarted_says_nothing_new() throws Exception {
        run("a1", "service", "exec sleep 300");
        AllocationStatus before = becomes("a1", AllocationPhase.RUNNING);
        int registrations = controller.registrations();

        restart();

        await().atMost(SOON).until(() -> controller.registrations() > registrations);
        assertThat(becomes("a1", AllocationPhase.RUNNING)).isEqualTo(before);
    }

    @Test
    void goes_on_while_the_controller_is_away() throws Exception {
        Path gate = folder.resolve("gate");
        run("a1", "batch", "while [ ! -e " + gate + " ]; do sleep 0.02; done; exit 0");
        becomes("a1", AllocationPhase.RUNNING);

        controller.drop();
        Files.createFile(gate);

        assertThat(task(becomes("a1", AllocationPhase.COMPLETE)).exit()).contains(new Exit.Code(0));
    }

    @Test
    void output_and_files_can_be_looked_at() throws Exception {
        run("a1", "service", "echo one; echo two; pwd > local/where; exec sleep 300");
        becomes("a1", AllocationPhase.RUNNING);
        await().atMost(SOON)
                .until(() -> Files.exists(folder.resolve("data/alloc/a1/t/local/where")));

        controller.say(
                new ToNode.OpenStream(
                        1,
                        new StreamRequest.Logs("a1", "t", false, LogPart.ALL.from(false, 4)),
                        1 << 20));
        controller.say(
                new ToNode.OpenStream(
                        2,
                        new StreamRequest.ReadFile("a1", "t/local/where", 0, 1000, false),
                        1 << 20));
        controller.say(new ToNode.OpenStream(3, new StreamRequest.ListFiles("a1", "/"), 1 << 20));
        controller.say(
                new ToNode.OpenStream(
                        4, new StreamRequest.ReadFile("a1", "../../node", 0, 9, false), 1 << 20));

        await().atMost(SOON).until(() -> controller.stream(4).isPresent());
        await().atMost(SOON).until(() -> controller.stream(3).isPresent());
        await().atMost(SOON).until(() -> controller.stream(2).isPresent());
        await().atMost(SOON).until(() -> controller.stream(1).isPresent());
        assertThat(controller.streamed(1)).isEqualTo("two\n");
        assertThat(controller.streamed(2)).endsWith("/data/alloc/a1/t\n");
        assertThat(controller.streamed(3)).contains("\"name\":\"alloc\"", "\"name\":\"t\"");
        assertThat(controller.streamError(4).orElseThrow()).contains("leads outside");
    }

    @Test
    void the_output_of_the_run_before_is_there_alone_and_so_is_what_is_new() throws Exception {
        run(
                "a1",
                "service",
                "echo run >>runs; echo line $(wc -l <runs); [ -e go ] || exec sleep 300");
        becomes("a1", AllocationPhase.RUNNING);
        await().atMost(SOON).until(() -> asked(LogPart.ALL).equals("line 1\n"));
        Files.createFile(folder.resolve("data/alloc/a1/t/go"));
        Path task = folder.resolve("data/runs/a1/t/1/task");
        int pid = Integer.parseInt(Files.readString(task).split(" ", -1)[0]);
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(SOON).until(() -> asked(LogPart.ALL).startsWith("line 1\nline 2\n"));
        becomes("a1", AllocationPhase.FAILED);
        int runs = Files.readAllLines(folder.resolve("data/alloc/a1/t/runs")).size();

        LogPart previous = new LogPart(false, 0, Optional.empty(), Optional.empty(), true, false);
        LogPart future =
                new LogPart(
                        false,
                        0,
                        Optional.empty(),
                        Optional.of(Instant.now().plusSeconds(60)),
                        false,
                        false);
        assertThat(asked(previous)).isEqualTo("line " + (runs - 1) + "\n");
        assertThat(asked(future)).isEmpty();
    }

    private String asked(LogPart part) throws IOException {
        int stream = nextStream++;
        controller.say(
                new ToNode.OpenStream(
                        stream, new StreamRequest.Logs("a1", "t", false, part), 1 << 20));
        await().atMost(SOON).until(() -> controller.stream(stream).isPresent());
        assertThat(controller.streamError(stream)).isEmpty();
        return controller.streamed(stream);
    }

    @Test
    void a_follower_gets_no_more_than_its_credit_and_the_end_when_the_task_is_over()
            throws Exception {
        Path gate = folder.resolve("gate");
        run(
                "a1",
                "batch",
                "echo 12345; while [ ! -e " + gate + " ]; do sleep 0.02; done; echo 678");
        becomes("a1", AllocationPhase.RUNNING);

        controller.say(
                new ToNode.OpenStream(
                        1, new StreamRequest.Logs("a1", "t", false, LogPart.ALL.followed()), 3));
        await().atMost(SOON).until(() -> controller.streamed(1).length() == 3);
        Files.createFile(gate);
        becomes("a1", AllocationPhase.COMPLETE);
        assertThat(controller.streamed(1)).isEqualTo("123");
        controller.say(new ToNode.Credit(1, 100));

        await().atMost(SOON).until(() -> controller.stream(1).isPresent());
        assertThat(controller.streamed(1)).isEqualTo("12345\n678\n");
    }

    @Test
    void tasks_of_a_group_take_their_turns_also_when_they_are_stopped() throws Exception {
        AssignedJob job = Jobs.inTurns("a1");
        controller.want(
                Jobs.whole(List.of(job), List.of(Jobs.assignment("a1", job, DesiredState.RUN))));
        Path turns = folder.resolve("data/alloc/a1/alloc/data/turns");
        await().atMost(SOON)
                .until(() -> Files.exists(turns) && Files.readString(turns).contains("main"));

        controller.want(
                Jobs.whole(List.of(job), List.of(Jobs.assignment("a1", job, DesiredState.STOP))));

        becomes("a1", AllocationPhase.COMPLETE);
        assertThat(Files.readAllLines(turns)).containsExactly("first", "main", "last");
    }

    @Test
    void what_can_no_longer_be_read_goes_on_when_the_server_names_it() throws Exception {
        run("a1", "service", "echo $$ >>$NOMAD_ALLOC_DIR/data/pids; exec sleep 300");
        AllocationStatus before = becomes("a1", AllocationPhase.RUNNING);
        Path pids = folder.resolve("data/alloc/a1/alloc/data/pids");
        await().atMost(SOON).until(() -> Files.exists(pids));
        daemon.close();
        Files.writeString(folder.resolve("data/state/a1/allocation"), "rubbish");
        Files.writeString(folder.resolve("data/state/a1/task-t"), "rubbish");
        int registrations = controller.registrations();

        daemon = NodeDaemon.start(config());

        await().atMost(SOON).until(() -> controller.registrations() > registrations);
        await().atMost(SOON)
                .until(() -> !controller.heard("a1").orElseThrow().status().equals(before));
        assertThat(events(becomes("a1", AllocationPhase.RUNNING)))
                .containsExactly("Failed Restoring Task", "Started");
        assertThat(Files.readAllLines(pids)).hasSize(1);
        assertThat(folder.resolve("data/state/a1/allocation.corrupt")).hasContent("rubbish");
    }

    @Test
    void what_nobody_knows_any_more_is_ended_and_removed() throws Exception {
        run("a1", "service", "echo $$ >$NOMAD_ALLOC_DIR/data/pid; exec sleep 300");
        becomes("a1", AllocationPhase.RUNNING);
        Path pid = folder.resolve("data/alloc/a1/alloc/data/pid");
        await().atMost(SOON).until(() -> Files.exists(pid) && Files.size(pid) > 0);
        long task = Long.parseLong(Files.readString(pid).strip());
        daemon.close();
        Files.writeString(folder.resolve("data/state/a1/allocation"), "rubbish");
        controller.want(Jobs.whole(List.of(), List.of()));

        daemon = NodeDaemon.start(config());

        await().atMost(SOON).until(() -> !Files.exists(folder.resolve("data/state/a1")));
        await().atMost(SOON).until(() -> ProcessHandle.of(task).isEmpty());
    }

    @Test
    void a_second_daemon_on_the_same_folder_is_refused() {
        assertThatThrownBy(() -> NodeDaemon.start(config()))
                .hasMessageContaining("another node daemon uses");
    }
}
