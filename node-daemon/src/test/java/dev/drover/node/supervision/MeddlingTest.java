package dev.drover.node.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.manifests.model.Exit;
import dev.drover.node.cgroup.Cgroups;
import dev.drover.node.os.Exits;
import dev.drover.node.os.PidFd;
import dev.drover.node.os.ProcessIdentity;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people do by hand to processes and folders of ours.
final class MeddlingTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path folder;
    private final Exits exits = new Exits();
    private Supervisor supervisor;
    private RunPlace place;

    @BeforeEach
    void prepare() throws IOException {
        supervisor = Supervisor.open(folder.resolve("bin"), exits);
        place =
                new RunPlace(
                        folder.resolve("run"),
                        new LogPlace(folder.resolve("alloc/logs"), "web", 4096, 9),
                        Optional.empty());
    }

    @AfterEach
    void close() {
        exits.close();
    }

    private Supervised start(String script) throws Exception {
        return supervisor.start(
                place,
                new Launch.Program(
                        List.of("/bin/sh", "-c", script),
                        Map.of("PATH", "/usr/bin:/bin"),
                        folder,
                        Optional.empty()));
    }

    private static void stop(ProcessIdentity process) throws IOException {
        try (PidFd fd = PidFd.open(process).orElseThrow()) {
            assertThat(fd.signal(Signal.SIGSTOP)).isTrue();
        }
    }

    private String newest() throws IOException {
        try (var files = Files.list(place.logs().folder())) {
            List<Path> all = files.sorted().toList();
            return all.isEmpty() ? "" : Files.readString(all.getLast());
        }
    }

    @Test
    void a_run_whose_supervisor_and_logger_were_stopped_ends_with_its_code_and_last_words()
            throws Exception {
        Path gate = folder.resolve("gate");
        Supervised run = start("until [ -e " + gate + " ]; do sleep 0.02; done; echo over; exit 7");
        RunFolder files = new RunFolder(place.folder());
        await().atMost(SOON).until(() -> files.logger().isPresent());
        stop(files.shim().orElseThrow());
        stop(files.logger().orElseThrow());

        Files.createFile(gate);

        assertThat(run.await(SOON)).contains(new Exit.Code(7));
        assertThat(newest()).isEqualTo("over\n");
    }

    @Test
    void what_runs_while_its_files_are_gone_gets_no_second_one_beside_it() throws Exception {
        Optional<Cgroups> cgroups = Cgroups.open("meddling-" + ProcessHandle.current().pid());
        assumeTrue(cgroups.isPresent(), "needs a cgroup v2 hierarchy to write to");
        place =
                new RunPlace(
                        place.folder(),
                        place.logs(),
                        Optional.of(cgroups.orElseThrow().group("run")));
        Supervised run = start("exec sleep 60");
        run.leave();
        for (String file : List.of("shim", "task")) {
            Files.delete(place.folder().resolve(file));
        }

        Adoption adoption = supervisor.adopt(place);

        assertThat(adoption).isEqualTo(new Adoption.NeverStarted());
        assertThat(place.cgroup().orElseThrow().processes()).isEmpty();
        cgroups.orElseThrow().remove();
        // What is left of it writes into its folder until then.
        for (String last : List.of("exit", "drained")) {
            await().atMost(SOON).until(() -> Files.exists(place.folder().resolve(last)));
        }
    }

    @Test
    void a_task_whose_log_folder_was_removed_goes_on_and_is_logged() throws Exception {
        Path gate = folder.resolve("gate");
        Supervised run =
                start(
                        "echo up; until [ -e %s ]; do sleep 0.02; done; seq 100000; exit 7"
                                .formatted(gate));
        await().atMost(SOON)
                .until(() -> Files.exists(place.logs().folder()) && newest().contains("up"));
        Files.delete(place.logs().folder().resolve("web.stdout.000000"));
        Files.delete(place.logs().folder());
        Files.delete(place.logs().folder().getParent());

        Files.createFile(gate);

        assertThat(run.await(SOON)).contains(new Exit.Code(7));
        assertThat(newest()).endsWith("100000\n");
    }

    /// Somebody removes the folder of a node under what runs, and ends that by hand.
    @Test
    void a_logger_whose_folders_are_gone_ends_with_its_task() throws Exception {
        Supervised run = start("exec sleep 60");
        RunFolder files = new RunFolder(place.folder());
        await().atMost(SOON).until(() -> files.logger().isPresent());
        ProcessIdentity logger = files.logger().orElseThrow();
        ProcessIdentity shim = files.shim().orElseThrow();
        run.leave();
        for (Path gone : List.of(place.folder(), place.logs().folder())) {
            remove(gone);
        }

        run.signal(Signal.SIGKILL);
        kill(shim);

        await().atMost(SOON).until(() -> !logger.alive());
    }

    private static void remove(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void kill(ProcessIdentity process) throws IOException {
        Optional<PidFd> fd = PidFd.open(process);
        if (fd.isPresent()) {
            try (PidFd open = fd.get()) {
                open.signal(Signal.SIGKILL);
            }
        }
    }
}
