package dev.drover.node.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.Exit;
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

/// Where the first logger of a run comes from: from one process for all of them, or, whatever has
/// become of that, not.
final class LoggersTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path folder;
    private final Exits exits = new Exits();
    private Supervisor supervisor;

    @BeforeEach
    void prepare() throws IOException {
        supervisor = Supervisor.open(folder.resolve("bin"), exits);
    }

    @AfterEach
    void leaveNothing() {
        supervisor.close();
        exits.close();
    }

    private RunPlace place(String name) {
        return new RunPlace(
                folder.resolve("run of\n" + name),
                new LogPlace(folder.resolve("logs"), name, 1 << 20, 10),
                Optional.empty());
    }

    private Supervised start(String name, String script) throws Exception {
        return supervisor.start(
                place(name),
                new Launch.Program(
                        List.of("/bin/sh", "-c", script),
                        Map.of("PATH", "/usr/bin:/bin"),
                        folder,
                        Optional.empty()));
    }

    private ProcessIdentity logger(String name) throws Exception {
        RunFolder run = new RunFolder(place(name).folder());
        return await().atMost(SOON).until(run::logger, Optional::isPresent).orElseThrow();
    }

    private static int parent(ProcessIdentity process) throws IOException {
        String stat = Files.readString(Path.of("/proc", process.pid() + "", "stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[1]);
    }

    private void signal(int pid, Signal signal) throws IOException {
        ProcessIdentity process = ProcessIdentity.of(pid).orElseThrow();
        try (PidFd fd = PidFd.open(process).orElseThrow()) {
            assertThat(fd.signal(signal)).isTrue();
        }
    }

    private void assertEnds(Supervised run, String name) throws Exception {
        Files.createFile(folder.resolve("gate of " + name));
        assertThat(run.await(SOON)).contains(new Exit.Code(3));
        assertThat(folder.resolve("logs").resolve(name + ".stdout.000000"))
                .hasContent("begun\nended\n");
    }

    private String gated(String name) {
        return "echo begun; while [ ! -e 'gate of %s' ]; do sleep 0.02; done; echo ended; exit 3"
                .formatted(name);
    }

    @Test
    void one_process_makes_them_and_they_outlive_it() throws Exception {
        Supervised one = start("one", gated("one"));
        Supervised two = start("two", gated("two"));
        int maker = parent(logger("one"));
        assertThat(parent(logger("two"))).isEqualTo(maker);
        assertThat(Files.readString(Path.of("/proc", maker + "", "cmdline")).split("\0"))
                .containsExactly("perl", folder.resolve("bin/logger.pl").toString());

        supervisor.close();
        await().atMost(SOON).until(() -> parent(logger("one")) != maker);

        assertEnds(one, "one");
        assertEnds(two, "two");
    }

    @Test
    void without_it_the_supervising_process_starts_its_own() throws Exception {
        Supervised first = start("first", gated("first"));
        int maker = parent(logger("first"));
        signal(maker, Signal.SIGKILL);
        await().atMost(SOON).until(() -> ProcessIdentity.of(maker).isEmpty());

        Supervised run = start("next", gated("next"));

        ProcessIdentity shim = new RunFolder(place("next").folder()).shim().orElseThrow();
        assertThat(parent(logger("next"))).isEqualTo(shim.pid());
        assertEnds(run, "next");
        assertEnds(first, "first");
    }

    @Test
    void one_that_does_not_listen_is_not_waited_for() throws Exception {
        Supervised first = start("first", gated("first"));
        int maker = parent(logger("first"));
        signal(maker, Signal.SIGSTOP);

        Supervised run = start("next", gated("next"));

        assertThat(parent(logger("next"))).isNotEqualTo(maker);
        assertEnds(run, "next");
        signal(maker, Signal.SIGCONT);
        assertEnds(first, "first");
    }

    @Test
    void output_that_no_daemon_sees_waits_for_one_on_its_way() throws Exception {
        Supervised first = start("first", gated("first"));
        int maker = parent(logger("first"));
        signal(maker, Signal.SIGSTOP);
        Supervised run = start("short", "echo begun; echo ended; exit 3");
        run.leave();
        RunFolder files = new RunFolder(place("short").folder());
        await().atMost(SOON).until(() -> files.exit().isPresent());
        signal(maker, Signal.SIGCONT);

        await().atMost(SOON).until(files::drained);

        assertThat(folder.resolve("logs/short.stdout.000000")).hasContent("begun\nended\n");
        assertEnds(first, "first");
    }
}
