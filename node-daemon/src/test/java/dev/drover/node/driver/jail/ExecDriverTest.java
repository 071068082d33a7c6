package dev.drover.node.driver.jail;

import static dev.drover.node.driver.DriverContract.list;
import static dev.drover.node.driver.DriverContract.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.Value;
import dev.drover.node.cgroup.Controllers;
import dev.drover.node.driver.Device;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.DriverContract;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.jail.Busybox;
import dev.drover.node.jail.Golden;
import dev.drover.node.jail.JailPolicy;
import dev.drover.node.jail.LinuxJailTest;
import dev.drover.node.os.Mounts;
import dev.drover.node.os.Processors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExecDriverTest implements DriverContract {
    @TempDir Path temp;
    private JailedRuns runs;
    private Jails jails;

    @BeforeEach
    void open() throws Exception {
        Busybox.assumeJails();
        runs = new JailedRuns(temp);
        jails = runs.jails(JailPolicy.CLOSED);
    }

    @AfterEach
    void close() {
        if (runs != null) {
            runs.close();
        }
    }

    @Override
    public Driver driver() {
        return JailDriver.exec(jails);
    }

    @Override
    public Driver reborn() {
        return JailDriver.exec(runs.jails(JailPolicy.CLOSED));
    }

    @Override
    public TaskRun run(Map<String, Value> config) {
        return runs.run(config, JailedRuns.memory(64));
    }

    private static Map<String, Value> shell(String script) {
        return Map.of("command", text("/bin/sh"), "args", list("-c", script));
    }

    @Override
    public Map<String, Value> exiting(int code) {
        return shell("exit " + code);
    }

    @Override
    public Map<String, Value> lasting() {
        return Map.of("command", text("sleep"), "args", list("300"));
    }

    @Override
    public Map<String, Value> stubborn() {
        return shell("trap '' INT TERM; while :; do sleep 0.05; done");
    }

    private String output(TaskRun run) throws Exception {
        assertThat(started(run).await(SOON)).contains(new Exit.Code(0));
        return JailedRuns.output(run, "stdout");
    }

    @Test
    void runs_as_nobody_in_its_own_folder_with_the_hosts_programs() throws Exception {
        assertThat(
                        output(
                                run(
                                        shell(
                                                "id -un; pwd; touch mine; ls; ls -ld /usr | cut -c1-10; touch /usr/x 2>/dev/null || echo read-only"))))
                .isEqualTo("nobody\n/task\nlocal\nmine\nsecrets\ntmp\ndrwxr-xr-x\nread-only\n");
    }

    @Test
    void files_of_the_task_are_found_by_the_paths_that_templates_and_artifacts_have()
            throws Exception {
        TaskRun run = run(Map.of("command", text("run.sh"), "args", list("local/app.conf")));
        Path home = run.folders().home();
        Files.writeString(run.folders().local().resolve("app.conf"), "port = 80\n");
        Files.writeString(home.resolve("run.sh"), "#!/bin/sh\ncat \"$1\"\n");
        Files.setPosixFilePermissions(
                home.resolve("run.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(output(run)).isEqualTo("port = 80\n");
    }

    @Test
    void what_was_brought_without_the_right_to_be_run_runs() throws Exception {
        TaskRun run = run(Map.of("command", text("local/got.sh")));
        Files.writeString(run.folders().local().resolve("got.sh"), "#!/bin/sh\necho ran\n");

        assertThat(output(run)).isEqualTo("ran\n");
    }

    @Test
    void nothing_can_be_put_in_the_place_of_its_folders() throws Exception {
        assertThat(
                        output(
                                run(
                                        shell(
                                                "for f in local secrets tmp; do mv $f x 2>/dev/null || echo held; done; cp /bin/true secrets/t; secrets/t 2>/dev/null || echo not run"))))
                .isEqualTo("held\nheld\nheld\nnot run\n");
    }

    @Test
    void what_cannot_be_tidied_up_does_not_change_how_it_ended() throws Exception {
        TaskRun run = run(exiting(3));
        Path held = run.place().folder().resolve("written/held");
        Files.createDirectories(held);
        Files.createFile(run.place().folder().resolve("image")); // as if it had one
        Mounts.memory(held, "size=1m");
        try {
            assertThat(started(run).await(SOON)).contains(new Exit.Code(3));
        } finally {
            Mounts.remove(held);
        }
    }

    @Test
    void sees_nothing_of_the_host_that_is_secret() throws Exception {
        assertThat(
                        output(
                                run(
                                        shell(
                                                "ls -d /etc/shadow /etc/ssh /root /home /var /run /sys /boot 2>/dev/null; echo none"))))
                .isEqualTo("none\n");
    }

    @Test
    void abstract_sockets_of_the_host_are_hidden_although_the_network_is_shared() throws Exception {
        Assumptions.assumeTrue(
                jails.isolation().scoped(),
                "hiding abstract sockets needs Linux 6.12 with Landlock");
        String name = "drover-test-" + ProcessHandle.current().pid();
        String open =
                "-MSocket -e 'socket S, AF_UNIX, SOCK_STREAM, 0; %s S, pack_sockaddr_un(\"\\0"
                        + name
                        + "\") or die \"refused\\n\"; %s'";
        Process host =
                new ProcessBuilder(
                                "/bin/sh",
                                "-c",
                                "exec perl "
                                        + open.formatted(
                                                "bind",
                                                "listen S, 9; $| = 1; print qq(listens\\n); <STDIN>"))
                        .start();
        assertThat(host.inputReader().readLine()).isEqualTo("listens");
        String connect = "perl " + open.formatted("connect", "print qq(connected\\n)");
        assertThat(new ProcessBuilder("/bin/sh", "-c", connect).start().waitFor())
                .as("the host itself")
                .isZero();

        String output = output(run(shell(connect + " 2>&1 || true")));

        host.destroyForcibly();
        assertThat(output).isEqualTo("refused\n");
    }

    @Test
    void a_program_of_the_task_comes_before_the_hosts() throws Exception {
        TaskRun run = run(Map.of("command", text("ls")));
        Path own = Files.writeString(run.folders().local().resolve("ls"), "#!/bin/sh\necho own\n");
        assertThat(own.toFile().setExecutable(true, false)).isTrue();

        assertThat(output(run)).isEqualTo("own\n");
    }

    @Test
    void the_hosts_namespaces_are_refused() throws Exception {
        assertThat(driver().start(run(Map.of("command", text("true"), "pid_mode", text("host")))))
                .isInstanceOfSatisfying(
                        Start.Refused.class,
                        refused ->
                                assertThat(refused.because()).contains("pid_mode", "only private"));
    }

    @Test
    void a_key_of_a_jail_is_not_one_of_exec() throws Exception {
        assertThat(driver().start(run(Map.of("command", text("true"), "path", text("/")))))
                .isInstanceOf(Start.Refused.class);
    }

    @Test
    void runs_on_its_own_cores_and_cannot_leave_them() throws Exception {
        Assumptions.assumeTrue(
                jails.controllers().found().containsKey(Controllers.CPUSET),
                "this machine has no cpuset controller");
        int last = Processors.allowed().getLast();
        String leaves = "taskset --cpu-list --pid 0-1023 $$ >/dev/null 2>&1;";
        TaskRun run =
                runs.run(
                        shell(leaves + " grep Cpus_allowed_list /proc/self/status"),
                        JailedRuns.memory(64),
                        new TaskRun.Own(List.of(last), List.of()));

        assertThat(output(run)).isEqualTo("Cpus_allowed_list:\t" + last + "\n");
    }

    @Test
    void runs_on_its_own_cores_where_no_group_can_hold_it() throws Exception {
        int last = Processors.allowed().getLast();
        TaskRun run =
                runs.run(
                        shell("grep Cpus_allowed_list /proc/self/status"),
                        JailedRuns.memory(64),
                        new TaskRun.Own(List.of(last), List.of()));
        jails = jails.with(jails.controllers().withoutCpuset());

        assertThat(output(run)).isEqualTo("Cpus_allowed_list:\t" + last + "\n");
    }

    @Test
    void has_the_devices_that_are_granted_to_it_and_nobody_else_has() throws Exception {
        Device device = JailedRuns.device();
        Map<String, Value> config =
                shell("exec 3<%s && echo opened".formatted(device.files().getFirst()));
        TaskRun granted =
                runs.run(
                        config, JailedRuns.memory(64), new TaskRun.Own(List.of(), List.of(device)));

        assertThat(output(granted)).isEqualTo("opened\n");
        assertThat(started(run(config)).await(SOON)).isNotEqualTo(Optional.of(new Exit.Code(0)));
    }

    @Test
    void sees_the_folders_of_the_node_that_it_mounts() throws Exception {
        Path shared = Files.createDirectory(temp.resolve("shared"));
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.writeString(shared.resolve("word"), "seen\n");
        TaskRun run =
                runs.run(
                        shell(
                                "cat /srv/read/word; echo more >/srv/write/more;"
                                        + " echo no >/srv/read/no || echo kept"),
                        JailedRuns.memory(64),
                        new TaskRun.Own(
                                List.of(),
                                List.of(),
                                List.of(
                                        mount(shared, "/srv/read", true),
                                        mount(shared, "srv/write", false))));

        assertThat(output(run)).isEqualTo("seen\nkept\n");
        assertThat(shared.resolve("more")).hasContent("more");
        assertThat(shared.resolve("no")).doesNotExist();
    }

    @Test
    void a_place_to_mount_at_that_is_none_is_a_mistake_of_the_job() throws Exception {
        TaskRun run =
                runs.run(
                        shell("true"),
                        JailedRuns.memory(64),
                        new TaskRun.Own(
                                List.of(), List.of(), List.of(mount(temp, "../etc", true))));

        assertThatThrownBy(() -> driver().start(run))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"../etc\": write a path in the jail");
    }

    private static TaskRun.Mount mount(Path folder, String target, boolean readOnly) {
        return new TaskRun.Mount("shared", Optional.of(folder), target, readOnly);
    }

    @Test
    void from_inside_it_looks_like_this() throws Exception {
        TaskRun run = run(shell(LinuxJailTest.LISTING + "true"));

        Golden.check("inside-exec.txt", JailedRuns.onAnyMachine(run, output(run)));
    }
}
