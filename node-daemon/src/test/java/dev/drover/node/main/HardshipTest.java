package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.wire.AllocationReport;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.node.alloc.AllocationTools;
import dev.drover.node.os.PidFd;
import dev.drover.node.os.ProcessIdentity;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens to a node that is nobody's fault: its disk is full, it restarts, its controller is
/// away for long.
final class HardshipTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir Path folder;
    private Path data;
    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    private SmallController controller;
    private Optional<NodeDaemon> daemon = Optional.empty();
    private boolean mounted;

    @BeforeEach
    void start() throws IOException {
        data = folder.resolve("data");
        controller = new SmallController();
    }

    @AfterEach
    void stop() throws Exception {
        Files.deleteIfExists(data.resolve("ballast"));
        Files.deleteIfExists(data.resolve("ballast2"));
        daemon.orElseThrow().removeAll();
        controller.close();
        if (mounted) {
            run("umount", "-l", data.toString());
        }
        assertThat(controller.violations()).isEmpty();
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private void startDaemon() throws IOException {
        NodeConfig config = DaemonProcess.config(controller.url(), data);
        daemon = Optional.of(NodeDaemon.start(config, this::withOurClock));
    }

    private AllocationTools withOurClock(AllocationTools tools) {
        return new AllocationTools(
                tools.data(),
                tools.hooks(),
                tools.drivers(),
                tools.node(),
                tools.others(),
                tools.arrivals(),
                tools.silence(),
                tools.cgroups(),
                () -> Instant.now().plus(later.get()),
                tools.chance());
    }

    private void want(AssignedJob job) {
        controller.want(
                Jobs.whole(List.of(job), List.of(Jobs.assignment("a1", job, DesiredState.RUN))));
    }

    private TaskState becomes(AllocationPhase phase) {
        AllocationReport report =
                await().atMost(SOON)
                        .until(
                                () -> controller.heard("a1"),
                                heard -> heard.filter(r -> r.status().phase() == phase).isPresent())
                        .orElseThrow();
        return Optional.ofNullable(report.status().tasks().get("t")).orElseThrow();
    }

    @Test
    void on_a_full_disk_tasks_wait_and_nothing_of_them_is_lost() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "mounts need root");
        Files.createDirectories(data);
        run("mount", "-t", "tmpfs", "-o", "size=2m", "none", data.toString());
        mounted = true;
        Path gate = folder.resolve("gate");
        startDaemon();
        want(
                Jobs.once(
                        "j",
                        "i=0; while [ ! -e "
                                + gate
                                + " ] || [ $i -lt 3000 ]; do echo $i; i=$((i+1));"
                                + " [ $((i % 10)) -gt 0 ] || sleep 0.01; done; exit 7"));
        becomes(AllocationPhase.RUNNING);
        Path ballast = data.resolve("ballast");
        fill(ballast);
        daemon.orElseThrow().close();
        startDaemon(); // with nothing to write on
        Files.createFile(gate);
        long full = Files.size(log());
        fill(data.resolve("ballast2"));
        becomes(AllocationPhase.RUNNING);
        Files.delete(ballast);

        assertThat(becomes(AllocationPhase.FAILED).exit()).contains(new Exit.Code(7));
        List<String> lines = Files.readAllLines(log());
        assertThat(Files.size(log())).isGreaterThan(full);
        assertThat(lines)
                .isEqualTo(IntStream.range(0, lines.size()).mapToObj(Integer::toString).toList())
                .hasSizeGreaterThanOrEqualTo(3000);
    }

    private Path log() {
        return data.resolve("alloc/a1/alloc/logs/t.stdout.000000");
    }

    /// Until not a byte more fits.
    private static void fill(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space");
        }
    }

    @Test
    void a_restart_of_the_machine_is_told_apart_from_every_other_end() throws Exception {
        startDaemon();
        want(Jobs.shell("j", "service", "exec sleep 300"));
        becomes(AllocationPhase.RUNNING);
        daemon.orElseThrow().close();
        Path run = data.resolve("runs/a1/t/1");
        for (String who : List.of("shim", "task", "logger")) {
            ProcessIdentity process =
                    ProcessIdentity.parse(Files.readString(run.resolve(who))).orElseThrow();
            Optional<PidFd> fd = PidFd.open(process);
            if (fd.isPresent()) {
                fd.get().signal(Signal.SIGKILL);
                fd.get().close();
            }
            // The pid may be somebody else's after a boot, who started at that very tick.
            Files.writeString(
                    run.resolve(who),
                    ProcessIdentity.of(1).orElseThrow().toString().replaceFirst(" \\S+$", " boot")
                            + "\n");
        }
        startDaemon();

        TaskState state = becomes(AllocationPhase.RUNNING);
        await().atMost(SOON)
                .until(() ->
                        controller.heard("a1").orElseThrow().status().tasks().values().stream()
                                .allMatch(t -> t.restarts() == 1 && t.finished().isEmpty()));
        assertThat(state.failed()).isFalse();
        assertThat(becomes(AllocationPhase.RUNNING).exit())
                .contains(new Exit.Unseen("the machine restarted while it ran"));
    }

    @Test
    void an_hour_without_the_controller_is_told_in_one_report() throws Exception {
        Path pids = folder.resolve("pids");
        startDaemon();
        // three restarts in ten minutes, then no more
        want(Jobs.shell("j", "service", "echo $$ >>" + pids + "; exec sleep 300"));
        becomes(AllocationPhase.RUNNING);
        await().atMost(SOON).until(() -> starts(pids) == 1);
        controller.away(true);
        for (int restart = 1; restart <= 6; restart++) {
            killLast(pids);
            int expected = restart + 1;
            await().atMost(SOON).until(() -> starts(pids) == expected);
            if (restart == 3) {
                later.set(Duration.ofHours(1)); // the policy's interval has passed
            }
        }
        await().atMost(SOON)
                .until(() ->
                        Files.readString(data.resolve("state/a1/task-t")).contains("\"restarts\":6")
                                && Files.readString(data.resolve("state/a1/task-t"))
                                        .contains("\"phase\":\"running\""));
        int before = controller.story("a1").size();
        controller.away(false);

        await().atMost(SOON).until(() -> becomes(AllocationPhase.RUNNING).restarts() == 6);
        assertThat(controller.story("a1")).hasSize(before + 1);
    }

    private static int starts(Path pids) throws IOException {
        return Files.exists(pids) ? Files.readAllLines(pids).size() : 0;
    }

    private static void killLast(Path pids) throws IOException {
        long pid = Long.parseLong(Files.readAllLines(pids).getLast());
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }
}
