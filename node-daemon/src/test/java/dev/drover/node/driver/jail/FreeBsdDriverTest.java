package dev.drover.node.driver.jail;

import static dev.drover.node.driver.DriverContract.number;
import static dev.drover.node.driver.DriverContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.Value;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.DriverContract;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.driver.Usage;
import dev.drover.node.jail.Busybox;
import dev.drover.node.jail.JailPolicy;
import dev.drover.node.os.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// FreeBSD's tools, stood in for.
final class FreeBsdDriverTest implements DriverContract {
    @TempDir Path temp;
    private JailedRuns runs;
    private StandIns tools;
    private final Written written = new Written();
    private JailPolicy policy = JailPolicy.CLOSED;

    @BeforeEach
    void open() throws Exception {
        Busybox.assumeJails();
        runs = new JailedRuns(temp);
        tools = StandIns.in(runs.folder);
    }

    @AfterEach
    void close() {
        if (runs != null) {
            runs.close();
        }
    }

    @Override
    public Driver driver() {
        return reborn();
    }

    @Override
    public Driver reborn() {
        return new FreeBsdDriver("jail", runs.supervisor(), tools.bin(), policy, written);
    }

    @Override
    public TaskRun run(Map<String, Value> config) {
        return runs.run(config, JailedRuns.memory(64));
    }

    private static Map<String, Value> script(String script) {
        return Map.of("path", text("local/root"), "exec_start", text(script));
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
    void the_jail_is_gone_with_its_task() throws Exception {
        TaskRun run = run(script("hostname; ls /alloc; echo $NOMAD_TASK_DIR; exit 23"));

        assertThat(started(run).await(SOON)).contains(new Exit.Code(23));

        assertThat(JailedRuns.output(run, "stdout"))
                .isEqualTo(Jails.plain(run.id()) + "\nlogs\n/local\n");
        assertThat(tools.journal())
                .contains(
                        "jail -q -r " + Jails.plain(run.id()),
                        "rctl -r jail:" + Jails.plain(run.id()));
        assertThat(tools.jails()).isEmpty();
    }

    @Test
    void what_the_tools_refuse_is_told_and_nothing_is_left() throws Exception {
        Map<String, Value> config = new HashMap<>(script("true"));
        config.put(
                "rctl",
                new Value.Fields(
                        Map.of(
                                "maxproc",
                                new Value.Fields(
                                        Map.of("action", text("forbid"), "amount", number(5))))));

        Start start = driver().start(run(config));

        assertThat(start)
                .isInstanceOfSatisfying(
                        Start.Refused.class,
                        refused -> assertThat(refused.because()).contains("invalid rule syntax"));
        assertThat(tools.jails()).isEmpty();
    }

    @Test
    void exec_stop_runs_when_the_jail_is_removed() throws Exception {
        Map<String, Value> config = new HashMap<>(script("true"));
        config.put("exec_stop", text("touch /local/farewell"));
        TaskRun run = run(config);

        Running task = started(run);
        task.await(SOON);

        assertThat(run.folders().local().resolve("farewell")).exists();
    }

    @Test
    void two_jails_never_share_a_folder_that_they_may_write_to() throws Exception {
        policy = JailPolicy.CLOSED.withRoots(List.of(runs.folder));
        Path common = Files.createDirectories(runs.folder.resolve("common/deep"));
        Map<String, Value> config = new HashMap<>(lasting());
        config.put("mount", text(common + " /tmp nullfs rw 0 0"));
        Running first = started(run(config));

        assertThat(driver().start(run(config))).isInstanceOf(Start.Refused.class);
        assertThat(tools.journal().lines().filter(line -> line.startsWith("jail -q -c")))
                .hasSize(1);
        first.stop(Signal.SIGKILL, SOON);
    }

    @Test
    void is_not_healthy_without_its_tools() {
        var driver =
                new FreeBsdDriver("jail", runs.supervisor(), Path.of("/nowhere"), policy, written);
        assertThat(driver.fingerprint().because())
                .isEqualTo("not in /nowhere: jail, jexec, jls, rctl");
    }

    @Test
    void counts_are_read_as_rctl_prints_them() {
        assertThat(FreeBsdTask.usage("cputime=12\nmemoryuse=4096\nmaxproc=3\nopenfiles=x\nnoise\n"))
                .isEqualTo(new Usage(Duration.ofSeconds(12), 4096, 3));
    }
}
