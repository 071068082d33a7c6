package dev.drover.node.driver.raw;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.Value;
import dev.drover.node.cgroup.Cgroups;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.DriverContract;
import dev.drover.node.driver.Execution;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskFolders;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.os.Exits;
import dev.drover.node.os.Processors;
import dev.drover.node.os.Signal;
import dev.drover.node.supervision.LogPlace;
import dev.drover.node.supervision.RunPlace;
import dev.drover.node.supervision.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes.
final class RawExecDriverTest implements DriverContract {
    private final List<Exits> watchers = new ArrayList<>();
    private final Optional<Cgroups> cgroups;
    private int runs;

    @TempDir Path folder;

    RawExecDriverTest() throws IOException {
        cgroups = Cgroups.open("test-raw-" + ProcessHandle.current().pid());
    }

    @AfterEach
    void stop() {
        watchers.forEach(Exits::close);
        cgroups.ifPresent(Cgroups::remove);
    }

    @Override
    public Driver driver() {
        return reborn();
    }

    @Override
    public Driver reborn() {
        try {
            Exits exits = new Exits();
            watchers.add(exits);
            return new RawExecDriver(Supervisor.open(folder.resolve("bin"), exits));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public TaskRun run(Map<String, Value> config) {
        return run(config, Optional.empty(), TaskRun.Own.NOTHING);
    }

    private TaskRun run(Map<String, Value> config, Optional<String> user, TaskRun.Own own) {
        String id = "alloc-web-" + runs++;
        TaskFolders folders =
                new TaskFolders(
                        folder.resolve(id).resolve("web"), folder.resolve(id).resolve("alloc"));
        try {
            Files.createDirectories(folders.local());
            Files.createDirectories(folders.logs());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TaskRun(
                id,
                config,
                Map.of("PATH", "/usr/bin:/bin", "NOMAD_TASK_NAME", "web"),
                user,
                Optional.empty(),
                own,
                folders,
                new RunPlace(
                        folder.resolve("runs").resolve(id),
                        new LogPlace(folders.logs(), "web", 1 << 20, 2),
                        cgroups.map(c -> c.group(id))));
    }

    private static Map<String, Value> shell(String script) {
        return Map.of(
                "command", DriverContract.text("sh"), "args", DriverContract.list("-c", script));
    }

    @Override
    public Map<String, Value> exiting(int code) {
        return shell("exit " + code);
    }

    @Override
    public Map<String, Value> lasting() {
        return Map.of("command", DriverContract.text("sleep"), "args", DriverContract.list("300"));
    }

    @Override
    public Map<String, Value> stubborn() {
        return shell("trap '' INT TERM; while :; do sleep 0.05; done");
    }

    private String output(TaskRun run) throws Exception {
        Running task = started(run);
        task.await(SOON);
        return Files.readString(run.folders().logs().resolve("web.stdout.000000"));
    }

    @Test
    void starts_in_its_folder_with_its_environment_only() throws Exception {
        TaskRun run = run(shell("pwd; echo $NOMAD_TASK_NAME; env | grep -c ^JAVA"));

        assertThat(output(run)).isEqualTo(run.folders().home() + "\nweb\n0\n");
    }

    @Test
    void numbers_are_arguments_too() throws Exception {
        Value args =
                new Value.Items(List.of(DriverContract.text("%s-%s"), DriverContract.number(80)));
        TaskRun run = run(Map.of("command", DriverContract.text("printf"), "args", args));

        assertThat(output(run)).isEqualTo("80-");
    }

    @Test
    void a_program_of_the_task_comes_before_the_hosts() throws Exception {
        TaskRun run = run(Map.of("command", DriverContract.text("ls")));
        Path own = Files.writeString(run.folders().local().resolve("ls"), "#!/bin/sh\necho own\n");
        assertThat(own.toFile().setExecutable(true)).isTrue();

        assertThat(output(run)).isEqualTo("own\n");
    }

    @Test
    void what_was_brought_without_the_right_to_be_run_runs_and_nothing_else_gets_it()
            throws Exception {
        TaskRun run = run(Map.of("command", DriverContract.text("local/got.sh")));
        Files.writeString(run.folders().local().resolve("got.sh"), "#!/bin/sh\nexit 6\n");
        Path other = Files.writeString(folder.resolve("other"), "#!/bin/sh\n");
        Files.createSymbolicLink(run.folders().local().resolve("way"), other);

        assertThat(started(run).await(SOON)).contains(new Exit.Code(6));
        run.folders().letRun(run.folders().local().resolve("way"));
        assertThat(Files.isExecutable(other)).isFalse();
    }

    @Test
    void a_program_that_is_not_there_is_refused() throws Exception {
        assertThat(driver().start(run(Map.of("command", DriverContract.text("no-such-program")))))
                .isInstanceOfSatisfying(
                        Start.Refused.class,
                        refused ->
                                assertThat(refused.because())
                                        .contains("\"no-such-program\" is neither in"));
    }

    @Test
    void runs_as_another_user_when_it_may() throws Exception {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "needs root to change users");
        folder.toFile().setExecutable(true, false);
        TaskRun run = run(shell("id -un"), Optional.of("nobody"), TaskRun.Own.NOTHING);

        assertThat(output(run)).isEqualTo("nobody\n");
        assertThat(
                        driver().start(
                                        run(
                                                shell("true"),
                                                Optional.of("nobody-at-all"),
                                                TaskRun.Own.NOTHING)))
                .isInstanceOf(Start.Refused.class);
    }

    @Test
    void runs_on_its_own_cores_and_so_does_what_it_starts() throws Exception {
        int last = Processors.allowed().getLast();
        TaskRun run =
                run(
                        shell("sh -c 'grep Cpus_allowed_list /proc/self/status'"),
                        Optional.empty(),
                        new TaskRun.Own(List.of(last), List.of()));

        assertThat(output(run)).isEqualTo("Cpus_allowed_list:\t" + last + "\n");
    }

    private static String beside(Running task, String... command) throws Exception {
        try (Execution execution = task.exec(List.of(command), Optional.empty())) {
            return new String(execution.stdout().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void what_runs_beside_it_is_on_its_cores_too() throws Exception {
        int last = Processors.allowed().getLast();
        Running task =
                started(
                        run(
                                lasting(),
                                Optional.empty(),
                                new TaskRun.Own(List.of(last), List.of())));

        assertThat(beside(task, "grep", "Cpus_allowed_list", "/proc/self/status"))
                .isEqualTo("Cpus_allowed_list:\t" + last + "\n");
        task.stop(Signal.SIGKILL, SOON);
    }

    @Test
    void what_runs_beside_it_is_of_its_user_too() throws Exception {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")), "needs root to change users");
        folder.toFile().setExecutable(true, false);
        Running task = started(run(lasting(), Optional.of("nobody"), TaskRun.Own.NOTHING));

        assertThat(beside(task, "id", "-un")).isEqualTo("nobody\n");
        task.stop(Signal.SIGKILL, SOON);
    }

    @Test
    void nothing_of_it_is_left_after_a_stop() throws Exception {
        TaskRun run = run(shell("setsid sleep 300 & exec sleep 300"));
        Running task = started(run);

        assertThat(task.stop(Signal.SIGINT, SOON)).isEqualTo(new Exit.Signal(2));
        assertThat(
                        run.place().cgroup().isEmpty()
                                || !Files.exists(run.place().cgroup().get().path()))
                .isTrue();
        assertThat(run.place().folder().resolve("stdout")).doesNotExist();
    }
}
