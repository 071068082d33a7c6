package dev.drover.node.driver.jail;

import static dev.drover.node.driver.DriverContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Value;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.Recovery;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.jail.Busybox;
import dev.drover.node.jail.JailPolicy;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Real jails on one node, and the folders that they may write to.
final class WrittenTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir Path temp;
    private JailedRuns runs;
    private Jails jails;
    private JailPolicy policy;

    @BeforeEach
    void open() throws Exception {
        Busybox.assumeJails();
        runs = new JailedRuns(temp);
        policy = JailPolicy.CLOSED.withRoots(List.of(runs.folder));
        jails = runs.jails(policy);
        Files.createDirectories(runs.folder.resolve("common/deep"));
    }

    @AfterEach
    void close() {
        if (runs != null) {
            runs.close();
        }
    }

    private Map<String, Value> mounting(String folder, String options) {
        return Map.of(
                "path",
                text("local/root"),
                "exec_start",
                text("exec sleep 300"),
                "mount",
                text(runs.folder.resolve(folder) + " /mnt nullfs " + options + " 0 0"));
    }

    private TaskRun run(Map<String, Value> config) {
        return runs.run(config, JailedRuns.memory(64));
    }

    private Driver jail() {
        return JailDriver.jail("jail", jails);
    }

    private static Running started(Start start) {
        return ((Start.Started) start).task();
    }

    @ParameterizedTest
    @CsvSource({
        "common, rw, common, rw, false",
        "common, rw, common/deep, rw, false",
        "common/deep, rw, common, rw, false",
        "common, 'rw,shared', common, rw, false",
        "common, rw, common, 'rw,shared', false",
        "common, 'rw,shared', common/deep, 'rw,shared', true",
        "common, ro, common, ro, true",
        "common, ro, common, rw, true"
    })
    void two_jails_share_a_folder_that_they_write_to_only_where_both_say_so(
            String first, String its, String second, String others, boolean together)
            throws Exception {
        Running one = started(jail().start(run(mounting(first, its))));

        Start two = jail().start(run(mounting(second, others)));

        assertThat(two instanceof Start.Started).isEqualTo(together);
        if (two instanceof Start.Started(Running task, var _)) {
            task.stop(Signal.SIGKILL, SOON);
        }
        one.stop(Signal.SIGKILL, SOON);
    }

    @Test
    void it_is_free_again_when_its_jail_has_ended_also_one_that_was_taken_over() throws Exception {
        TaskRun first = run(mounting("common", "rw"));
        started(jail().start(first)).leave();
        jails = runs.jails(policy); // of another daemon

        Running found = ((Recovery.Found) jail().recover(first)).task();
        assertThat(jail().start(run(mounting("common", "rw"))))
                .isInstanceOfSatisfying(
                        Start.Refused.class,
                        refused ->
                                assertThat(refused.because())
                                        .contains("common", first.id(), "`shared`"));
        found.stop(Signal.SIGKILL, SOON);

        started(jail().start(run(mounting("common", "rw")))).stop(Signal.SIGKILL, SOON);
    }

    @Test
    void a_root_is_of_one_jail() throws Exception {
        Path root = Busybox.imageIn(runs.folder.resolve("common/root"));
        Map<String, Value> config =
                Map.of("path", text(root.toString()), "exec_start", text("exec sleep 300"));
        Running one = started(jail().start(run(config)));

        assertThat(jail().start(run(config))).isInstanceOf(Start.Refused.class);
        one.stop(Signal.SIGKILL, SOON);
    }

    @Test
    void tasks_of_other_allocations_have_other_folders() throws IOException {
        TaskRun one = run(Map.of());
        TaskRun two = run(Map.of());

        assertThat(one.folders().home().getParent()).isNotEqualTo(two.folders().home().getParent());
    }
}
