package dev.drover.node.driver.jail;

import static dev.drover.node.driver.DriverContract.list;
import static dev.drover.node.driver.DriverContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.Value;
import dev.drover.node.driver.Device;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.DriverContract;
import dev.drover.node.driver.Execution;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.image.ImageBuilder;
import dev.drover.node.jail.Busybox;
import dev.drover.node.jail.JailPolicy;
import dev.drover.node.jail.UserRange;
import dev.drover.node.os.Signal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jails with `userns_mode = "private"`, on machines that can have them.
final class OwnUsersTest implements DriverContract {
    @TempDir Path temp;
    private JailedRuns runs;
    private Jails jails;

    @BeforeEach
    void open() throws Exception {
        Busybox.assumeJails();
        runs = new JailedRuns(temp);
        jails = runs.jails(JailPolicy.CLOSED);
        Assumptions.assumeTrue(
                "yes".equals(driver().fingerprint().attributes().get("users")),
                () -> driver().fingerprint().attributes().get("users.because"));
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
        return JailDriver.jail("jail", runs.jails(JailPolicy.CLOSED));
    }

    @Override
    public TaskRun run(Map<String, Value> config) {
        return runs.run(config, JailedRuns.memory(64));
    }

    @Test
    void has_the_devices_that_are_granted_to_it() throws Exception {
        Device device = JailedRuns.device();
        Running task =
                started(
                        runs.run(
                                script("test -c " + device.files().getFirst()),
                                JailedRuns.memory(64),
                                new TaskRun.Own(List.of(), List.of(device))));

        assertThat(task.await(SOON)).contains(new Exit.Code(0));
    }

    private static Map<String, Value> script(String script) {
        return Map.of(
                "path",
                text("local/root"),
                "userns_mode",
                text("private"),
                "exec_start",
                text(script));
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
    void a_command_beside_it_is_one_of_its_users() throws Exception {
        TaskRun run = run(script("exec sleep 300"));
        Running task = started(run);

        try (Execution beside =
                task.exec(
                        List.of("/bin/sh", "-c", "id -u; tr -s ' ' </proc/self/uid_map"),
                        Optional.empty())) {
            String output = new String(beside.stdout().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(output).isEqualTo("0\n 0 " + first(run) + " " + UserRange.COUNT + "\n");
        }
        task.stop(Signal.SIGKILL, SOON);
    }

    private static int first(TaskRun run) {
        return UserRange.of(run.id()).first();
    }

    @Test
    void an_image_is_copied_for_it_and_its_root_may_change_it() throws Exception {
        Path files = Busybox.imageIn(runs.folder.resolve("files"));
        TaskRun run =
                run(
                        Map.of(
                                "path",
                                text("local/image.tar"),
                                "userns_mode",
                                text("private"),
                                "exec_start",
                                text("echo new >/bin/new && rm /bin/new && id -u")));
        ImageBuilder image = new ImageBuilder().layer(ImageBuilder.all(files));
        ImageBuilder.tarOf(image.archive(), run.folders().local().resolve("image.tar"));

        assertThat(started(run).await(SOON)).contains(new Exit.Code(0));
        assertThat(JailedRuns.output(run, "stdout")).isEqualTo("0\n");
    }

    @Test
    void a_program_of_the_node_can_have_them_too() throws Exception {
        TaskRun run =
                run(
                        Map.of(
                                "command",
                                text("/bin/sh"),
                                "args",
                                list("-c", "id -un; echo x >/local/mine; cat /proc/self/uid_map"),
                                "userns_mode",
                                text("private")));

        assertThat(started(JailDriver.exec(jails), run).await(SOON)).contains(new Exit.Code(0));
        assertThat(JailedRuns.output(run, "stdout"))
                .startsWith("nobody\n")
                .contains(Integer.toString(first(run)));
        assertThat(Files.getAttribute(run.folders().local().resolve("mine"), "unix:uid"))
                .isEqualTo(65_534);
    }

    private static Running started(Driver driver, TaskRun run) throws Exception {
        return ((Start.Started) driver.start(run)).task();
    }

    @Test
    void another_word_is_refused() throws Exception {
        assertThat(driver().start(run(Map.of("command", text("x"), "userns_mode", text("own")))))
                .isEqualTo(
                        new Start.Refused(
                                "config.userns_mode: \"own\" is none of [host, private]"));
    }
}
