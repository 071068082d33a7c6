package dev.drover.node.driver.jail;

import static dev.drover.node.driver.DriverContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.Value;
import dev.drover.node.cgroup.LimitedGroup;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.DriverContract;
import dev.drover.node.driver.Execution;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.image.ImageBuilder;
import dev.drover.node.jail.Busybox;
import dev.drover.node.jail.JailPolicy;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JailDriverTest implements DriverContract {
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
        return JailDriver.jail("jail", jails);
    }

    @Override
    public Driver reborn() {
        return JailDriver.jail("jail-task-driver", runs.jails(JailPolicy.CLOSED));
    }

    @Override
    public TaskRun run(Map<String, Value> config) {
        return runs.run(config, JailedRuns.memory(64));
    }

    private static Map<String, Value> script(String script) {
        return Map.of("Path", text("local/root"), "Exec_start", text(script));
    }

    @Override
    public Map<String, Value> exiting(int code) {
        return script("exit " + code);
    }

    @Override
    public Map<String, Value> lasting() {
        return script("exec sleep 300");
    }

    @Override
    public Map<String, Value> stubborn() {
        return script("trap '' INT TERM; while :; do sleep 0.05; done");
    }

    @Test
    void says_what_it_can_keep_apart() {
        Map<String, String> attributes = driver().fingerprint().attributes();

        assertThat(attributes)
                .containsEntry("runtime", "linux")
                .containsEntry("seccomp", "yes")
                .containsEntry("network", "yes");
        assertThat(attributes.get("isolation"))
                .matches("full|without (cpu|memory|pids|abstract_sockets|users)(, .*)?");
    }

    @Test
    void its_output_is_in_the_tasks_logs() throws Exception {
        TaskRun run = run(script("echo out; echo $NOMAD_TASK_DIR >&2; cat /local/greeting"));
        Files.writeString(run.folders().local().resolve("greeting"), "hello\n");

        assertThat(started(run).await(SOON)).contains(new Exit.Code(0));

        assertThat(JailedRuns.output(run, "stdout")).isEqualTo("out\nhello\n");
        assertThat(JailedRuns.output(run, "stderr")).isEqualTo("/local\n");
    }

    @Test
    void a_program_that_is_not_there_is_named_with_the_root_it_was_looked_for_in()
            throws Exception {
        TaskRun run = run(Map.of("path", text("local/root"), "command", text("/bin/nothing")));
        Path root = run.folders().local().resolve("root").toRealPath();

        assertThat(driver().start(run))
                .isEqualTo(
                        new Start.Refused(
                                "\"/bin/nothing\" cannot be started: it, or what it needs for that"
                                        + " (its interpreter, its loader), is not in the jail's"
                                        + " root, "
                                        + root));
    }

    @Test
    void a_user_that_is_not_there_is_named_with_the_root_it_was_looked_for_in() throws Exception {
        Map<String, Value> config = new TreeMap<>(script("true"));
        config.put("exec_jail_user", text("stranger"));
        TaskRun run = run(config);
        Path root = run.folders().local().resolve("root").toRealPath();

        assertThat(driver().start(run))
                .isEqualTo(
                        new Start.Refused(
                                "user \"stranger\" does not exist in the jail's root, "
                                        + root
                                        + "; name one that does, or a number"));
    }

    @Test
    void an_image_is_a_root_that_every_run_sees_as_new() throws Exception {
        Path files = Busybox.imageIn(runs.folder.resolve("files"));
        ImageBuilder image =
                new ImageBuilder()
                        .layer(ImageBuilder.all(files))
                        .layer(tar -> ImageBuilder.file(tar, "srv/greeting", "hello\n"))
                        .packed()
                        .config(
                                """
                                "Env": ["COLOUR=green", "NOMAD_TASK_NAME=not me"],
                                "Entrypoint": ["/bin/sh", "-c"], "WorkingDir": "/srv", "User": "www",
                                "Cmd": ["cat greeting; echo $COLOUR $NOMAD_TASK_NAME; id -un; pwd; \
                                ls -a /; touch /tmp/x; rm greeting 2>&1"]\
                                """);
        for (int i = 0; i < 2; i++) {
            TaskRun run = run(Map.of("path", text("local/image.tar")));
            ImageBuilder.tarOf(image.archive(), run.folders().local().resolve("image.tar"));

            assertThat(started(run).await(SOON)).contains(new Exit.Code(1));

            assertThat(JailedRuns.output(run, "stdout"))
                    .startsWith("hello\ngreen web\nwww\n/srv\n")
                    .contains("Permission denied");
            assertThat(run.place().folder().resolve("written")).doesNotExist();
        }
        try (Stream<Path> trees = Files.list(runs.folder.resolve("images"))) {
            assertThat(trees).hasSize(1);
        }
    }

    @Test
    void the_group_that_an_image_says_counts_alone() throws Exception {
        Path files = Busybox.imageIn(runs.folder.resolve("files"));
        ImageBuilder image =
                new ImageBuilder()
                        .layer(ImageBuilder.all(files))
                        .layer(tar ->
                                ImageBuilder.file(tar, "etc/group", "games:x:60:\nmore:x:61:www\n"))
                        .config("\"User\": \"www:games\"");
        TaskRun run =
                run(Map.of("path", text("local/image.tar"), "exec_start", text("id -g; id -G")));
        ImageBuilder.tarOf(image.archive(), run.folders().local().resolve("image.tar"));

        assertThat(started(run).await(SOON)).contains(new Exit.Code(0));

        assertThat(JailedRuns.output(run, "stdout")).isEqualTo("60\n60\n");
    }

    @Test
    void what_a_run_writes_to_its_image_is_gone_with_it() throws Exception {
        Path files = Busybox.imageIn(runs.folder.resolve("files"));
        ImageBuilder image = new ImageBuilder().layer(ImageBuilder.all(files));
        for (int i = 0; i < 2; i++) {
            TaskRun run =
                    run(
                            Map.of(
                                    "path", text("local/layout"),
                                    "exec_start",
                                            text(
                                                    "[ ! -e /etc/new ] && echo x >/etc/new && rm -r /root")));
            ImageBuilder.folderOf(image.layout(), run.folders().local().resolve("layout"));

            assertThat(started(run).await(SOON)).contains(new Exit.Code(0));
        }
    }

    @Test
    void an_image_that_is_none_is_refused_with_the_reason() throws Exception {
        TaskRun run = run(Map.of("path", text("local/image.tar"), "command", text("/bin/sh")));
        Files.writeString(run.folders().local().resolve("image.tar"), "hello".repeat(1000));

        assertThat(driver().start(run))
                .isInstanceOfSatisfying(
                        Start.Refused.class,
                        refused ->
                                assertThat(refused.because()).contains("config.path: not a tar"));
    }

    @Test
    void what_takes_more_memory_than_it_has_is_out_of_memory() throws Exception {
        Assumptions.assumeTrue(
                jails.isolation().limits().contains("memory"),
                "this machine has no memory controller");
        TaskRun run =
                run(script("x=$(cat /dev/zero | tr '\\0' x | head -c 200000000); echo ${#x}"));

        Running task = started(run);

        assertThat(task.await(SOON)).contains(new Exit.OutOfMemory());
        assertThat(task.await()).isEqualTo(new Exit.OutOfMemory());
        assertThat(jails.site(run).group().folders())
                .allSatisfy(path -> assertThat(path).doesNotExist());
    }

    @Test
    void a_fork_bomb_ends_at_the_limit() throws Exception {
        Assumptions.assumeTrue(
                jails.isolation().limits().contains("pids"), "this machine has no pids controller");
        Map<String, Value> config =
                new HashMap<>(script("for i in 1 2 3 4 5 6 7 8 9; do sleep 5 & done; echo all"));
        config.put(
                "rctl",
                new Value.Fields(
                        Map.of(
                                "maxproc",
                                new Value.Fields(Map.of("amount", DriverContract.number(6))))));
        TaskRun run = run(config);

        started(run).await(SOON);

        assertThat(JailedRuns.output(run, "stderr")).contains("can't fork");
    }

    @Test
    void runs_with_similar_names_have_different_jails() {
        assertThat(Jails.plain("7f3a-web-0")).isEqualTo("7f3a-web-0");
        assertThat(Jails.plain("7f3a-a_b-0"))
                .startsWith("7f3a-a-b-0-")
                .isNotEqualTo(Jails.plain("7f3a-a.b-0"));
        assertThat(Jails.plain("x".repeat(400))).hasSizeLessThan(220);
    }

    @Test
    void a_service_answers_from_inside() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        TaskRun run = run(script("exec /bin/busybox httpd -f -p " + port + " -h /local"));
        Files.writeString(run.folders().local().resolve("index.html"), "hello\n");
        Running task = started(run);

        Awaitility.await()
                .atMost(SOON)
                .ignoreException(ConnectException.class)
                .until(() -> get(port).endsWith("hello\n"));

        task.stop(Signal.SIGKILL, SOON);
    }

    private static String get(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void what_has_no_effect_is_told_at_the_start() throws Exception {
        Map<String, Value> config = new HashMap<>(exiting(0));
        config.put("Securelevel", text("3"));

        Start.Started started = (Start.Started) driver().start(run(config));

        assertThat(started.warnings())
                .singleElement()
                .asString()
                .startsWith("config.securelevel has no effect: Linux has no securelevel");
        started.task().await();
    }

    @Test
    void the_host_is_refused_as_a_root() throws Exception {
        assertThat(driver().start(run(Map.of("path", text("/"), "exec_start", text("true")))))
                .isInstanceOfSatisfying(
                        Start.Refused.class,
                        refused -> assertThat(refused.because()).contains("jail.roots"));
    }

    @Test
    void a_plan_with_secrets_is_not_left_behind() throws Exception {
        TaskRun run = run(lasting());
        Running task = started(run);

        assertThat(run.place().folder().resolve("plan")).doesNotExist();
        assertThat(Files.readString(run.place().folder().resolve("launch")))
                .doesNotContain("NOMAD_TASK_NAME");
        task.stop(Signal.SIGKILL, SOON);
    }

    @Test
    void exec_stop_runs_inside_before_the_signal() throws Exception {
        Map<String, Value> config =
                new HashMap<>(
                        script("trap 'echo asked; exit 3' INT; while :; do sleep 0.05; done"));
        config.put("exec_stop", text("readlink /proc/self/ns/pid >/local/stopped; sync"));
        TaskRun run = run(config);
        Running task = started(run);

        assertThat(task.stop(Signal.SIGINT, SOON)).isEqualTo(new Exit.Code(3));

        assertThat(Files.readString(run.folders().local().resolve("stopped"))).startsWith("pid:[");
    }

    @Test
    void stops_although_its_root_is_gone() throws Exception {
        Map<String, Value> config = new HashMap<>(lasting());
        config.put("exec_stop", text("true"));
        TaskRun run = run(config);
        Running task = started(run);
        Path root = run.folders().local().resolve("root");
        Files.move(root, root.resolveSibling("moved"));

        assertThat(task.stop(Signal.SIGTERM, SOON)).isEqualTo(new Exit.Signal(15));
    }

    @Test
    void a_command_beside_it_sees_its_files_and_processes_and_no_others() throws Exception {
        TaskRun run = run(script("exec sleep 300"));
        Running task = started(run);

        try (Execution execution =
                task.exec(List.of("/bin/sh", "-c", "echo /proc/[0-9]*; ls /; exit 7"))) {
            String output = new String(execution.stdout().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(output)
                    .startsWith("/proc/1 /proc/2 /proc/")
                    .contains("secrets")
                    .doesNotContain("boot");
            assertThat(execution.await()).isEqualTo(new Exit.Code(7));
        }
        task.stop(Signal.SIGKILL, SOON);
    }

    @Test
    void nothing_of_it_is_left_after_its_supervisor_and_keeper_were_killed() throws Exception {
        TaskRun run = run(script("sleep 300 & exec sleep 300"));
        Running task = started(run);
        long keeper =
                Long.parseLong(
                        Files.readString(run.place().folder().resolve("task")).split(" ", -1)[0]);

        ProcessHandle.of(keeper).orElseThrow().destroyForcibly();

        assertThat(task.await(SOON)).contains(new Exit.Signal(9));
        assertThat(task.stats()).isEmpty();
        assertThat(jails.site(run).group().folders())
                .allSatisfy(path -> assertThat(path).doesNotExist());
    }

    @Test
    void the_hosts_cgroups_are_as_before() throws Exception {
        Running task = started(run(lasting()));
        task.stop(Signal.SIGKILL, SOON);

        jails.removeGroups();

        for (Path folder : new LimitedGroup(jails.controllers(), jails.groups()).folders()) {
            assertThat(folder).doesNotExist();
        }
    }

    @Test
    void a_stop_while_the_jail_is_being_built_leaves_nothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            TaskRun run = run(lasting());
            Running task = started(run);
            task.stop(Signal.SIGTERM, Duration.ofMillis(i));
            assertThat(task.stats()).isEqualTo(Optional.empty());
        }
    }
}
