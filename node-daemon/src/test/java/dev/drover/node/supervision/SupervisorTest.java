package dev.drover.node.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.Exit;
import dev.drover.node.cgroup.Cgroup;
import dev.drover.node.cgroup.Cgroups;
import dev.drover.node.os.Exits;
import dev.drover.node.os.PidFd;
import dev.drover.node.os.ProcessIdentity;
import dev.drover.node.os.Scarcity;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real supervising processes. A daemon's death is a supervisor that is thrown away: nothing of a
/// run hangs on the one that started it.
final class SupervisorTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path folder;
    private Exits exits = new Exits();
    private Supervisor supervisor;
    private RunPlace place;

    @BeforeEach
    void prepare() throws IOException {
        supervisor = Supervisor.open(folder.resolve("our bin"), exits);
        place = place(Optional.empty());
    }

    @AfterEach
    void leaveNothing() throws Exception {
        if (supervisor.adopt(place) instanceof Adoption.Adopted(Supervised run)) {
            run.kill();
            run.await(SOON);
        }
        exits.close();
    }

    private RunPlace place(Optional<Cgroup> cgroup) {
        return new RunPlace(
                folder.resolve("run of web"),
                new LogPlace(folder.resolve("the logs"), "web", 1 << 20, 1000),
                cgroup);
    }

    private Supervised start(String script) throws Exception {
        return supervisor.start(place, shell(script, Map.of("PATH", "/usr/bin:/bin")));
    }

    private Launch shell(String script, Map<String, String> environment) {
        return new Launch.Program(
                List.of("/bin/sh", "-c", script), environment, folder, Optional.empty());
    }

    private Exit ended(Supervised run) throws Exception {
        return run.await(SOON).orElseThrow();
    }

    private String log(Stream stream) throws IOException {
        try (var files = Files.list(place.logs().folder())) {
            StringBuilder text = new StringBuilder();
            for (Path file :
                    files.filter(f -> f.getFileName().toString().contains(stream.label()))
                            .sorted()
                            .toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        }
    }

    /// What another daemon sees.
    private Supervised adoptedByAnother() throws Exception {
        exits.close();
        exits = new Exits();
        supervisor = Supervisor.open(folder.resolve("our bin"), exits);
        return ((Adoption.Adopted) supervisor.adopt(place)).run();
    }

    private static void kill(ProcessIdentity process) throws IOException {
        try (PidFd fd = PidFd.open(process).orElseThrow()) {
            assertThat(fd.signal(Signal.SIGKILL)).isTrue();
        }
    }

    @Test
    void what_the_machine_lacks_is_named() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("machine/usr/bin"));
        for (String program : List.of("env", "setpriv")) {
            assertThat(Files.createFile(bin.resolve(program)).toFile().setExecutable(true))
                    .isTrue();
        }

        assertThat(Supervisor.missing(folder.resolve("machine")))
                .contains("tasks cannot be supervised or logged without perl (Debian: perl-base)");
        assertThat(Supervisor.missing(Path.of("/"))).isEmpty();
    }

    @Test
    void the_logger_compiles_with_strict_and_warnings() throws Exception {
        Process perl =
                new ProcessBuilder(
                                "perl",
                                "-Mstrict",
                                "-Mwarnings",
                                "-c",
                                folder.resolve("our bin/logger.pl").toString())
                        .redirectErrorStream(true)
                        .start();

        assertThat(new String(perl.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .endsWith("syntax OK\n");
    }

    @Test
    void a_code_that_was_not_written_to_its_end_is_none() throws Exception {
        RunFolder run = new RunFolder(Files.createDirectories(folder.resolve("torn")));
        Files.writeString(run.path().resolve("exit"), "1");

        assertThat(run.exit()).isEmpty();
        Files.writeString(run.path().resolve("exit"), "137\n");
        assertThat(run.exit()).contains(new Exit.Signal(9));
    }

    @Test
    void keeps_both_outputs_and_the_code() throws Exception {
        Supervised run = start("echo out; echo err >&2; printf no-newline; exit 7");

        assertThat(ended(run)).isEqualTo(new Exit.Code(7));
        assertThat(log(Stream.STDOUT)).isEqualTo("out\nno-newline");
        assertThat(log(Stream.STDERR)).isEqualTo("err\n");
    }

    @Test
    void tells_a_signal_from_a_code_that_looks_like_one() throws Exception {
        Supervised run = start("sleep 0.3; exit 137");

        assertThat(ended(run)).isEqualTo(new Exit.Code(137));
    }

    @Test
    void a_killed_task_ends_by_that_signal() throws Exception {
        Supervised run = start("exec sleep 60");
        kill(run.task().orElseThrow());

        assertThat(ended(run)).isEqualTo(new Exit.Signal(9));
    }

    @Test
    void the_task_has_its_signals_whole() throws Exception {
        Supervised run =
                start("trap 'echo int; exit 3' INT; echo up; while :; do sleep 0.05; done");
        await().atMost(SOON).until(() -> log(Stream.STDOUT).equals("up\n"));

        assertThat(run.signal(Signal.SIGINT)).isTrue();

        assertThat(ended(run)).isEqualTo(new Exit.Code(3));
    }

    @Test
    void rotates_without_losing_a_byte() throws Exception {
        place =
                new RunPlace(
                        place.folder(),
                        new LogPlace(folder.resolve("l"), "web", 4096, 99),
                        Optional.empty());
        Supervised run = start("i=0; while [ $i -lt 3000 ]; do echo line-$i; i=$((i+1)); done");

        ended(run);

        assertThat(log(Stream.STDOUT))
                .isEqualTo(
                        IntStream.range(0, 3000)
                                .mapToObj(i -> "line-" + i + "\n")
                                .collect(Collectors.joining()));
        assertThat(Files.size(place.logs().folder().resolve("web.stdout.000001")))
                .isBetween(4000L, 4096L);
    }

    @Test
    void keeps_only_the_newest_files() throws Exception {
        place =
                new RunPlace(
                        place.folder(),
                        new LogPlace(folder.resolve("l"), "web", 1024, 3),
                        Optional.empty());
        Files.createDirectories(place.logs().folder());
        Path other = Files.createFile(place.logs().folder().resolve("web.stdout.stdout.000000"));
        Supervised run = start("i=0; while [ $i -lt 3000 ]; do echo line-$i; i=$((i+1)); done");

        ended(run);

        assertThat(other).exists();
        assertThat(log(Stream.STDOUT)).endsWith("line-2999\n");
        try (var files = Files.list(place.logs().folder())) {
            assertThat(files.filter(f -> f.getFileName().toString().matches("web.stdout.\\d+")))
                    .hasSize(3);
        }
    }

    @Test
    void another_daemon_adopts_what_runs() throws Exception {
        Supervised first = start("sleep 0.3; exit 42");
        first.leave();

        Supervised second = adoptedByAnother();

        assertThat(second.task()).isEqualTo(first.task());
        assertThat(ended(second)).isEqualTo(new Exit.Code(42));
    }

    @Test
    void another_daemon_learns_the_code_of_what_ended_meanwhile() throws Exception {
        Supervised first = start("exit 42");
        ended(first);

        assertThat(ended(adoptedByAnother())).isEqualTo(new Exit.Code(42));
    }

    @Test
    void a_task_outlives_its_killed_supervisor_and_its_code_is_still_told() throws Exception {
        Path gate = folder.resolve("gate");
        Supervised run =
                start("echo up; while [ ! -e " + gate + " ]; do sleep 0.02; done; echo on; exit 5");
        kill(new RunFolder(place.folder()).shim().orElseThrow());
        assertThat(run.await(Duration.ofMillis(200))).isEmpty();

        Files.createFile(gate);

        assertThat(ended(run)).isEqualTo(new Exit.Code(5));
        assertThat(log(Stream.STDOUT)).isEqualTo("up\non\n");
    }

    @Test
    void what_nobody_saw_is_not_guessed() throws Exception {
        Supervised run = start("exec sleep 60");
        run.leave();
        kill(new RunFolder(place.folder()).shim().orElseThrow());
        kill(run.task().orElseThrow());
        await().atMost(SOON)
                .until(() -> ProcessIdentity.of(run.task().orElseThrow().pid()).isEmpty());

        Supervised later = adoptedByAnother();

        assertThat(ended(later)).isInstanceOf(Exit.Unseen.class);
    }

    @Test
    void a_killed_logger_is_started_again_and_the_task_goes_on() throws Exception {
        Path gate = folder.resolve("gate");
        Supervised run =
                start(
                        "echo one; while [ ! -e "
                                + gate
                                + " ]; do sleep 0.02; done; echo two; exit 0");
        await().atMost(SOON).until(() -> log(Stream.STDOUT).equals("one\n"));
        RunFolder files = new RunFolder(place.folder());
        ProcessIdentity logger = files.logger().orElseThrow();
        kill(logger);
        Files.createFile(gate);

        assertThat(ended(run)).isEqualTo(new Exit.Code(0));
        assertThat(log(Stream.STDOUT)).isEqualTo("one\ntwo\n");
        assertThat(files.logger()).isNotEqualTo(Optional.of(logger));
    }

    @Test
    void a_logger_that_is_killed_in_its_work_loses_and_doubles_nothing() throws Exception {
        Path gate = folder.resolve("gate");
        Supervised run =
                start(
                        "i=0; while [ ! -e "
                                + gate
                                + " ]; do echo line $i; echo err $i >&2; i=$((i+1)); done; exit 0");
        for (int kills = 0; kills < 3; kills++) {
            ProcessIdentity logger =
                    await().atMost(SOON).until(this::living, Optional::isPresent).orElseThrow();
            long size = log(Stream.STDOUT).length();
            await().atMost(SOON).until(() -> log(Stream.STDOUT).length() > size);
            kill(logger);
        }
        Files.createFile(gate);

        assertThat(ended(run)).isEqualTo(new Exit.Code(0));
        int lines = (int) log(Stream.STDERR).lines().count();
        assertThat(log(Stream.STDOUT)).isEqualTo(counted("line", lines));
        assertThat(log(Stream.STDERR)).isEqualTo(counted("err", lines));
    }

    @Test
    void what_ends_while_no_descriptor_is_free_has_its_code_once_one_is() throws Exception {
        Path gate = folder.resolve("gate");
        Path over = folder.resolve("over");
        Supervised run =
                start(
                        "while [ ! -e %s ]; do sleep 0.02; done; mkdir %s; exit 7"
                                .formatted(gate, over));
        try (Scarcity _ = new Scarcity()) {
            assertThat(gate.toFile().mkdir()).isTrue();
            await().atMost(SOON).until(over.toFile()::exists);
            run.await(Duration.ofSeconds(1)); // long enough for whoever does not wait
        }

        assertThat(ended(run)).isEqualTo(new Exit.Code(7));
    }

    @Test
    void what_cannot_be_tidied_up_does_not_change_how_it_ended() throws Exception {
        Path gate = folder.resolve("gate");
        Supervised run = start("while [ ! -e " + gate + " ]; do sleep 0.02; done; exit 7");
        Path launch = place.folder().resolve("launch");
        Files.delete(launch);
        Files.createDirectories(launch.resolve("stays"));

        Files.createFile(gate);

        assertThat(ended(run)).isEqualTo(new Exit.Code(7));
    }

    @Test
    void what_was_written_while_logger_and_daemon_were_dead_is_not_lost() throws Exception {
        Path gate = folder.resolve("gate");
        Supervised run =
                start(
                        "echo one; while [ ! -e "
                                + gate
                                + " ]; do sleep 0.02; done; echo two; exit 3");
        await().atMost(SOON).until(() -> log(Stream.STDOUT).equals("one\n"));
        run.leave();
        kill(new RunFolder(place.folder()).logger().orElseThrow());

        Files.createFile(gate);

        await().atMost(SOON).until(() -> log(Stream.STDOUT).equals("one\ntwo\n"));
        assertThat(ended(adoptedByAnother())).isEqualTo(new Exit.Code(3));
    }

    @Test
    void a_second_logger_waits_until_the_first_is_gone() throws Exception {
        Path gate = folder.resolve("gate");
        Supervised run =
                start(
                        "i=0; while [ ! -e "
                                + gate
                                + " ]; do echo line $i; i=$((i+1)); done; exit 0");
        ProcessIdentity first =
                await().atMost(SOON).until(this::living, Optional::isPresent).orElseThrow();
        supervisor.startLogger(place);
        long size = log(Stream.STDOUT).length();
        await().atMost(SOON).until(() -> log(Stream.STDOUT).length() > size);
        assertThat(living()).contains(first);
        Files.createFile(gate);
        ended(run);

        assertThat(log(Stream.STDOUT))
                .isEqualTo(counted("line", (int) log(Stream.STDOUT).lines().count()));
    }

    private Optional<ProcessIdentity> living() throws IOException {
        Optional<ProcessIdentity> logger = new RunFolder(place.folder()).logger();
        return logger.isPresent() && logger.get().alive() ? logger : Optional.empty();
    }

    private static String counted(String word, int lines) {
        return IntStream.range(0, lines)
                .mapToObj(i -> word + " " + i + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void files_end_with_a_line_and_the_oldest_go() throws Exception {
        place =
                new RunPlace(
                        place.folder(),
                        new LogPlace(place.logs().folder(), "web", 1000, 3),
                        Optional.empty());
        ended(start("i=0; while [ $i -lt 500 ]; do echo line $i; i=$((i+1)); done"));

        try (var files = Files.list(place.logs().folder())) {
            List<Path> kept =
                    files.filter(f -> f.getFileName().toString().contains("stdout"))
                            .sorted()
                            .toList();
            assertThat(kept).hasSize(3);
            for (Path file : kept) {
                assertThat(Files.size(file)).isBetween(1L, 1000L);
                assertThat(Files.readString(file)).endsWith("\n");
            }
        }
        assertThat(log(Stream.STDOUT)).endsWith("line 498\nline 499\n");
    }

    @Test
    void nothing_is_left_after_the_end() throws Exception {
        Supervised run = start("sleep 300 & echo $!; exit 0");

        ended(run);

        int child = Integer.parseInt(log(Stream.STDOUT).strip());
        assertThat(ProcessIdentity.of(child).isPresent() && ProcessIdentity.of(child).get().alive())
                .isFalse();
        assertThat(place.folder().resolve("stdout")).doesNotExist();
        assertThat(place.folder().resolve("launch")).doesNotExist();
    }

    @Test
    void a_cgroup_holds_what_leaves_its_session() throws Exception {
        Optional<Cgroups> cgroups = Cgroups.open("test-" + ProcessHandle.current().pid());
        org.junit.jupiter.api.Assumptions.assumeTrue(
                cgroups.isPresent(), "needs a writable version 2 cgroup hierarchy");
        place = place(cgroups.map(c -> c.group("web")));
        Supervised run = start("setsid sleep 300 & sleep 0.1; echo $!; exit 0");

        ended(run);

        assertThat(place.cgroup().orElseThrow().processes()).isEmpty();
        assertThat(place.cgroup().orElseThrow().path()).doesNotExist();
        cgroups.get().remove();
    }

    @Test
    void a_run_that_was_given_up_never_starts() throws Exception {
        assertThat(supervisor.adopt(place)).isInstanceOf(Adoption.NeverStarted.class);
        assertThat(supervisor.adopt(place)).isInstanceOf(Adoption.NeverStarted.class);

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> start("echo ran"))
                .hasMessageContaining("before it could start the task");
        assertThat(log(Stream.STDOUT)).isEmpty();
    }

    @Test
    void variables_of_every_name_and_content_arrive() throws Exception {
        Map<String, String> environment =
                Map.of(
                        "PATH",
                        "/usr/bin:/bin",
                        "A",
                        "it's\n\"$HOME\" `x`",
                        "NOMAD_META_a-b",
                        "c d",
                        "IFS",
                        ",");
        List<String> command = List.of("/usr/bin/env", "-0");
        ended(
                supervisor.start(
                        place, new Launch.Program(command, environment, folder, Optional.empty())));

        List<String> seen = List.of(log(Stream.STDOUT).split("\0", -1));
        assertThat(seen)
                .contains("A=it's\n\"$HOME\" `x`", "NOMAD_META_a-b=c d", "IFS=,")
                .noneMatch(v -> v.startsWith("JAVA"))
                .noneMatch(v -> v.startsWith("HOME="));
    }
}
