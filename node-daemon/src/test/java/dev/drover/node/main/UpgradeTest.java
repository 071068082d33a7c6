package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.TaskState;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.manifests.wire.Assignment;
import dev.drover.node.jail.Interpreter;
import dev.drover.node.os.ProcessIdentity;
import dev.drover.node.supervision.Supervisor;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A daemon of another build goes on with what one of this build has left. What differs between
/// builds and is in use meanwhile are the scripts: a shell reads its own bit by bit.
final class UpgradeTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final List<String> FILES = List.of("shim", "task", "logger");

    @TempDir Path folder;
    private Path data;
    private Path log;
    private SmallController controller;
    private Process daemon;

    @BeforeEach
    void start() throws IOException {
        data = folder.resolve("data");
        log = folder.resolve("log");
        controller = new SmallController();
        daemon = DaemonProcess.start(log, controller.url(), data.toString());
    }

    @AfterEach
    void stop() throws Exception {
        daemon.destroyForcibly().waitFor();
        NodeDaemon.start(DaemonProcess.config(controller.url(), data)).removeAll();
        controller.close();
        Remains.assertNoProcesses(folder);
    }

    /// Counts until it is told to end, on both outputs, a hundred lines a second.
    private AssignedJob counting(String driver) throws IOException {
        AssignedJob job =
                Jobs.once(
                        driver,
                        "i=0; while [ ! -e $NOMAD_ALLOC_DIR/data/gate ]; do echo $i; echo $i >&2;"
                                + " i=$((i+1)); sleep 0.01; done; exit 7");
        return driver.equals("raw_exec") ? job : Jobs.under(driver, job);
    }

    private TaskState becomes(String id, AllocationPhase phase) {
        await().atMost(SOON)
                .until(() ->
                        controller.heard(id).filter(r -> r.status().phase() == phase).isPresent());
        return controller.heard(id).orElseThrow().status().tasks().values().stream()
                .findFirst()
                .orElseThrow();
    }

    private List<String> processes(String id) throws IOException {
        List<String> processes = new ArrayList<>();
        for (String file : FILES) {
            String text = Files.readString(data.resolve("runs").resolve(id).resolve("t/1/" + file));
            assertThat(ProcessIdentity.parse(text).orElseThrow().alive()).as(file).isTrue();
            processes.add(text);
        }
        return processes;
    }

    private List<String> lines(String id, String stream) throws IOException {
        return Files.readAllLines(
                data.resolve("alloc").resolve(id).resolve("alloc/logs/t." + stream + ".000000"));
    }

    /// This build with scripts that are longer at their beginning, as another version's may be.
    private String newer() throws IOException {
        Path build = folder.resolve("newer");
        prepend(build, Supervisor.class, "supervise.sh");
        prepend(build, Supervisor.class, "logger.pl");
        prepend(build, Interpreter.class, "jail.pl");
        return build + File.pathSeparator + System.getProperty("java.class.path");
    }

    private static void prepend(Path build, Class<?> owner, String script) throws IOException {
        Path to = build.resolve(owner.getPackageName().replace('.', '/')).resolve(script);
        Files.createDirectories(to.getParent());
        try (InputStream in = owner.getResourceAsStream(script)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            Files.writeString(to, "# of another version\n" + "#\n".repeat(500) + text);
        }
    }

    @Test
    void a_newer_build_takes_over_what_runs() throws Exception {
        List<String> drivers =
                "root".equals(System.getProperty("user.name"))
                        ? List.of("raw_exec", "exec")
                        : List.of("raw_exec");
        List<AssignedJob> jobs = new ArrayList<>();
        List<Assignment> assignments = new ArrayList<>();
        for (String driver : drivers) {
            jobs.add(counting(driver));
            assignments.add(Jobs.assignment(driver, jobs.getLast(), DesiredState.RUN));
        }
        controller.want(Jobs.whole(jobs, assignments));
        List<List<String>> before = new ArrayList<>();
        for (String driver : drivers) {
            becomes(driver, AllocationPhase.RUNNING);
            await().atMost(SOON).until(() -> lines(driver, "stdout").size() > 20);
            before.add(processes(driver));
        }
        int registrations = controller.registrations();

        daemon.destroy(); // as a service manager does
        assertThat(daemon.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        daemon = DaemonProcess.start(newer(), log, controller.url(), data.toString());
        await().atMost(SOON).until(() -> controller.registrations() > registrations);

        for (String driver : drivers) {
            int seen = lines(driver, "stdout").size();
            await().atMost(SOON).until(() -> lines(driver, "stdout").size() > seen + 20);
            assertThat(processes(driver)).isEqualTo(before.get(drivers.indexOf(driver)));
            Files.createFile(data.resolve("alloc").resolve(driver).resolve("alloc/data/gate"));
            TaskState end = becomes(driver, AllocationPhase.FAILED);
            assertThat(end.exit()).as(driver).contains(new Exit.Code(7));
            assertThat(end.restarts()).isZero();
            for (String stream : List.of("stdout", "stderr")) {
                List<String> lines = lines(driver, stream);
                assertThat(lines)
                        .isEqualTo(
                                IntStream.range(0, lines.size())
                                        .mapToObj(Integer::toString)
                                        .toList());
            }
        }
        assertThat(Files.readString(data.resolve("bin/supervise.sh")))
                .startsWith("# of another version");
        assertThat(controller.violations()).isEmpty();
    }

    @Test
    void an_older_build_leaves_what_a_newer_one_has_written_alone() throws Exception {
        AssignedJob job = counting("raw_exec");
        controller.want(
                Jobs.whole(
                        List.of(job), List.of(Jobs.assignment("raw_exec", job, DesiredState.RUN))));
        becomes("raw_exec", AllocationPhase.RUNNING);
        List<String> before = processes("raw_exec");
        daemon.destroyForcibly().waitFor();
        Path file = data.resolve("state/raw_exec/allocation");
        String known = Files.readString(file);
        String unknown = known.replaceFirst("^drover 1 ", "drover 2 other ");
        Files.writeString(file, unknown);

        daemon = DaemonProcess.start(log, controller.url(), data.toString());
        assertThat(daemon.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(daemon.exitValue()).isNotZero();
        assertThat(Files.readString(log))
                .contains(file + " was written by a newer Drover, in format 2");
        assertThat(file).hasContent(unknown);
        assertThat(processes("raw_exec")).isEqualTo(before);
        Files.writeString(file, known); // the newer one is started again
    }
}
