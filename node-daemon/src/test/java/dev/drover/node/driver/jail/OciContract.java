package dev.drover.node.driver.jail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.Value;
import dev.drover.node.driver.Device;
import dev.drover.node.driver.Driver;
import dev.drover.node.driver.DriverContract;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.jail.Golden;
import dev.drover.node.jail.LinuxJailTest;
import dev.drover.node.os.Processors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What jails are, whichever runtime of OCI builds them.
interface OciContract extends DriverContract {
    /// What runs them in this test.
    OciRig rig();

    /// The runtime's program.
    String runtime();

    @Override
    default Driver driver() {
        return rig().driver();
    }

    @Override
    default Driver reborn() {
        return rig().reborn();
    }

    @Override
    default TaskRun run(Map<String, Value> config) {
        return rig().run(config);
    }

    @Override
    default Map<String, Value> exiting(int code) {
        return OciRig.script("exit " + code);
    }

    @Override
    default Map<String, Value> lasting() {
        return OciRig.script("exec sleep 300");
    }

    @Override
    default Map<String, Value> stubborn() {
        return OciRig.script("trap '' INT TERM; while :; do sleep 0.05; done");
    }

    @Test
    default void says_what_it_is_and_what_it_keeps_apart() {
        assertThat(driver().fingerprint().attributes())
                .containsEntry("runtime", runtime())
                .containsEntry("seccomp", "yes")
                .containsEntry("no_new_privs", "yes")
                .containsEntry("network", "yes")
                .containsEntry("abstract_sockets", "no")
                .containsKey("runtime.version");
    }

    @Test
    default void from_inside_it_looks_like_this() throws Exception {
        TaskRun run = run(OciRig.script(LinuxJailTest.LISTING));

        assertThat(started(run).await(SOON)).contains(new Exit.Code(0));

        Golden.check(
                "inside-" + runtime() + ".txt",
                JailedRuns.output(run, "stdout")
                        .replace(run.id(), "RUN")
                        .replaceFirst("/proc/1 /proc/[0-9]+", "/proc/1 /proc/N"));
    }

    @Test
    default void has_the_cores_and_the_devices_that_are_granted_to_it() throws Exception {
        Device device = JailedRuns.device();
        int last = Processors.allowed().getLast();
        TaskRun run =
                rig().runs
                        .run(
                                OciRig.script(
                                        "exec 3<%s && grep Cpus_allowed_list /proc/self/status"
                                                .formatted(device.files().getFirst())),
                                JailedRuns.memory(64),
                                new TaskRun.Own(List.of(last), List.of(device)));

        assertThat(started(run).await(SOON)).contains(new Exit.Code(0));

        assertThat(JailedRuns.output(run, "stdout"))
                .isEqualTo("Cpus_allowed_list:\t" + last + "\n");
    }

    @Test
    default void the_nodes_programs_can_be_shown_by_it_too() throws Exception {
        TaskRun run =
                run(
                        Map.of(
                                "command", DriverContract.text("/bin/sh"),
                                "args", DriverContract.list("-c", "id -un; pwd; touch /usr/x")));

        Start start = JailDriver.exec(rig().opened()).start(run);

        assertThat(((Start.Started) start).task().await(SOON)).contains(new Exit.Code(1));
        assertThat(JailedRuns.output(run, "stdout")).isEqualTo("nobody\n/task\n");
        assertThat(JailedRuns.output(run, "stderr")).contains("Read-only");
    }
}
