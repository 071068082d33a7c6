package dev.drover.node.driver.jail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.Value;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.DriverContract;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.jail.Golden;
import dev.drover.node.jail.LinuxJailTest;
import dev.drover.node.os.ProcessIdentity;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jails built by runc.
final class RuncDriverTest implements DriverContract {
    @TempDir Path temp;
    private OciRig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new OciRig("runc", temp);
    }

    @AfterEach
    void close() throws IOException {
        if (rig != null) {
            rig.close();
        }
    }

    @Override
    public Driver driver() {
        return rig.driver();
    }

    @Override
    public Driver reborn() {
        return rig.reborn();
    }

    @Override
    public TaskRun run(Map<String, Value> config) {
        return rig.run(config);
    }

    @Override
    public Map<String, Value> exiting(int code) {
        return OciRig.script("exit " + code);
    }

    @Override
    public Map<String, Value> lasting() {
        return OciRig.script("exec sleep 300");
    }

    @Override
    public Map<String, Value> stubborn() {
        return OciRig.script("trap '' INT TERM; while :; do sleep 0.05; done");
    }

    @Test
    void says_what_it_is_and_what_it_keeps_apart() {
        assertThat(driver().fingerprint().attributes())
                .containsEntry("runtime", "runc")
                .containsEntry("seccomp", "yes")
                .containsEntry("no_new_privs", "yes")
                .containsEntry("network", "yes")
                .containsEntry("abstract_sockets", "no")
                .containsKey("runtime.version");
    }

    @Test
    void from_inside_it_looks_like_this() throws Exception {
        TaskRun run = run(OciRig.script(LinuxJailTest.LISTING));

        assertThat(started(run).await(SOON)).contains(new Exit.Code(0));

        Golden.check(
                "inside-runc.txt",
                JailedRuns.output(run, "stdout")
                        .replace(run.id(), "RUN")
                        .replaceFirst("/proc/1 /proc/[0-9]+", "/proc/1 /proc/N"));
    }

    @Test
    void the_nodes_programs_can_be_shown_by_it_too() throws Exception {
        TaskRun run =
                run(
                        Map.of(
                                "command", DriverContract.text("/bin/sh"),
                                "args", DriverContract.list("-c", "id -un; pwd; touch /usr/x")));

        Start start = JailDriver.exec(rig.opened()).start(run);

        assertThat(((Start.Started) start).task().await(SOON)).contains(new Exit.Code(1));
        assertThat(JailedRuns.output(run, "stdout")).isEqualTo("nobody\n/local\n");
        assertThat(JailedRuns.output(run, "stderr")).contains("Read-only");
    }

    @Test
    void nothing_of_it_is_left_after_its_keeper_was_killed() throws Exception {
        TaskRun run = run(OciRig.script("sleep 300 & exec sleep 300"));
        Running task = started(run);
        Site site = rig.opened().site(run);
        int inside = site.pid();
        Path keeper = run.place().folder().resolve("task");
        long pid = Long.parseLong(Files.readString(keeper).split(" ", -1)[0]);

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();

        assertThat(task.await(SOON)).contains(new Exit.Signal(9));
        Optional<ProcessIdentity> there = ProcessIdentity.of(inside);
        assertThat(there.isPresent() && there.get().alive()).isFalse(); // or not yet buried
        assertThat(site.group().folders()).allSatisfy(path -> assertThat(path).doesNotExist());
    }

    @Test
    void what_takes_more_memory_than_it_has_is_out_of_memory() throws Exception {
        Assumptions.assumeTrue(
                rig.opened().isolation().limits().contains("memory"),
                "this machine has no memory controller");
        String hungry = "x=$(cat /dev/zero | tr '\\0' x | head -c 200000000); echo ${#x}";

        Running task = started(run(OciRig.script(hungry)));

        assertThat(task.await(SOON)).contains(new Exit.OutOfMemory());
    }

    @Test
    void its_config_with_secrets_is_not_left_behind() throws Exception {
        TaskRun run = run(lasting());
        Running task = started(run);

        assertThat(run.place().folder().resolve("bundle/config.json")).doesNotExist();
        task.stop(Signal.SIGKILL, SOON);
        assertThat(run.place().folder().resolve("bundle")).doesNotExist();
    }
}
