package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.wire.AssignedJob;
import dev.drover.node.os.Mounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a task keeps in `secrets` under a whole daemon: in memory, until nothing of its allocation
/// runs any more.
final class SecretsOfTasksTest {
    private static final String KEEPS =
            "echo mine >$NOMAD_SECRETS_DIR/key; echo ready >>$NOMAD_TASK_DIR/ready;"
                    + " exec sleep 300";

    @TempDir Path folder;
    private Optional<OneNode> started = Optional.empty();

    @BeforeEach
    void start() throws Exception {
        started = Optional.of(OneNode.start(folder));
        Assumptions.assumeTrue(
                "memory".equals(node().daemon().found().status().attributes().get("secrets")),
                "mounts need root");
    }

    @AfterEach
    void close() throws Exception {
        if (started.isPresent()) {
            started.get().close();
        }
    }

    private OneNode node() {
        return started.orElseThrow();
    }

    private Path secrets() {
        return node().task("web").resolve("secrets");
    }

    private void run(String driver) throws Exception {
        AssignedJob job = Jobs.under(driver, Jobs.shell("web", "service", KEEPS));
        node().want(job, DesiredState.RUN);
        awaitReady();
    }

    private void awaitReady() {
        await().atMost(OneNode.SOON)
                .until(() -> Files.exists(node().task("web").resolve("local/ready")));
    }

    @Test
    void they_outlive_the_daemon_and_go_with_the_allocation() throws Exception {
        run("raw_exec");

        node().restart();

        node().becomes("web", AllocationPhase.RUNNING);
        assertThat(Mounts.on(secrets())).isTrue();
        assertThat(secrets().resolve("key")).hasContent("mine");
        node().controller().want(Jobs.whole(List.of(), List.of()));
        await().atMost(OneNode.SOON)
                .until(() -> Files.notExists(node().task("web").resolveSibling("")));
        assertThat(Remains.mounts(secrets().toString())).isEmpty();
    }

    @Test
    void they_are_forgotten_once_nothing_of_the_allocation_runs() throws Exception {
        run("raw_exec");

        node().want(Jobs.under("raw_exec", Jobs.shell("web", "service", KEEPS)), DesiredState.STOP);

        await().atMost(OneNode.SOON).until(() -> !Mounts.on(secrets()));
        assertThat(secrets()).isEmptyDirectory();
        node().restart();
        node().becomes("web", AllocationPhase.COMPLETE);
        assertThat(Mounts.on(secrets())).isFalse();
    }

    @Test
    void after_a_restart_of_the_machine_they_are_made_again() throws Exception {
        run("raw_exec");
        node().daemon().close();
        Mounts.remove(secrets());
        Files.delete(node().task("web").resolve("local/ready"));

        node().restart();

        await().atMost(OneNode.SOON).until(() -> Mounts.on(secrets()));
        assertThat(secrets()).isEmptyDirectory();
    }

    @Test
    void who_runs_in_a_jail_owns_them() throws Exception {
        Assumptions.assumeTrue(
                "1".equals(node().daemon().found().status().attributes().get("driver.exec")),
                "needs jails");
        run("exec");

        assertThat(Mounts.on(secrets())).isTrue();
        assertThat(secrets().resolve("key")).hasContent("mine");
    }
}
