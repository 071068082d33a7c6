package dev.drover.node.driver.jail;

import static dev.drover.node.driver.DriverContract.list;
import static dev.drover.node.driver.DriverContract.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Exit;
import dev.drover.node.driver.Running;
import dev.drover.node.driver.Start;
import dev.drover.node.driver.TaskRun;
import dev.drover.node.jail.Busybox;
import dev.drover.node.jail.JailPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A task that fills what it can: where that is bounded, only it suffers.
final class FillingTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final long LOG_FILES = 2;
    private static final long LOG_BYTES = 1 << 20;

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

    private TaskRun run(int mib, String script) {
        return runs.run(
                Map.of("command", text("/bin/sh"), "args", list("-c", script)),
                JailedRuns.memory(mib));
    }

    private Running started(TaskRun run) throws Exception {
        return ((Start.Started) JailDriver.exec(jails).start(run)).task();
    }

    @Test
    void what_is_in_memory_ends_at_its_bound_and_a_neighbour_sees_none_of_it() throws Exception {
        TaskRun filling =
                run(
                        512,
                        """
                        head -c 100000000 /dev/zero >/dev/shm/x 2>/dev/null || echo "shm ends at $(($(wc -c </dev/shm/x) >> 20))"
                        i=0; while true >/dev/shm/$i; do i=$((i+1)); done 2>/dev/null; [ $i -lt 65536 ] && echo "inodes end"
                        true >/x || echo "root is read-only"
                        while [ ! -e /local/gate ]; do sleep 0.05; done
                        """);
        Running full = started(filling);
        TaskRun neighbour =
                run(512, "head -c 50000000 /dev/zero >/dev/shm/x && true >/dev/shm/y && echo fine");

        assertThat(started(neighbour).await(SOON)).contains(new Exit.Code(0));
        assertThat(JailedRuns.output(neighbour, "stdout")).isEqualTo("fine\n");
        Files.createFile(filling.folders().local().resolve("gate"));
        assertThat(full.await(SOON)).contains(new Exit.Code(0));
        assertThat(JailedRuns.output(filling, "stdout"))
                .isEqualTo("shm ends at 64\ninodes end\nroot is read-only\n");
    }

    @Test
    void what_is_in_memory_counts_as_the_tasks_own() throws Exception {
        Assumptions.assumeTrue(
                jails.isolation().limits().contains("memory"), "no controller of memory here");

        assertThat(started(run(32, "head -c 60000000 /dev/zero >/dev/shm/x; exit 3")).await(SOON))
                .isNotEqualTo(Optional.of(new Exit.Code(0)));
    }

    @Test
    void a_flood_of_output_takes_no_more_than_the_job_gives_it() throws Exception {
        TaskRun run = run(64, "yes 'a line of the flood' | head -c 20000000");

        assertThat(started(run).await(SOON)).contains(new Exit.Code(0));
        try (Stream<Path> files = Files.list(run.folders().logs())) {
            assertThat(files.mapToLong(file -> file.toFile().length()).sum())
                    .isBetween(LOG_BYTES, LOG_FILES * LOG_BYTES);
        }
    }
}
