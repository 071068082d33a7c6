package dev.drover.node.driver.jail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Exit;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.os.ProcessIdentity;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Jails built by runc.
final class RuncDriverTest implements OciContract {
    @TempDir Path temp;
    private OciRig rig;

    @BeforeEach
    void open() throws Exception {
        rig = new OciRig(runtime(), temp);
    }

    @AfterEach
    void close() throws IOException {
        if (rig != null) {
            rig.close();
        }
    }

    @Override
    public OciRig rig() {
        return rig;
    }

    @Override
    public String runtime() {
        return "runc";
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
