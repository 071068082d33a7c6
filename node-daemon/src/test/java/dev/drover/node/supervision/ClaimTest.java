package dev.drover.node.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.node.os.Exits;
import dev.drover.node.os.ProcessIdentity;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Claims of runs that nobody could put a name to.
final class ClaimTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int PAGE = 4096;
    private static final long FILE_MAX = 1 << 20;

    @TempDir Path folder;
    private final Exits exits = new Exits();
    private Supervisor supervisor;
    private RunPlace place;

    @BeforeEach
    void prepare() throws IOException {
        supervisor = Supervisor.open(folder.resolve("bin"), exits);
        place =
                new RunPlace(
                        Files.createDirectories(folder.resolve("run")),
                        new LogPlace(folder.resolve("logs"), "web", 1 << 20, 10),
                        Optional.empty());
    }

    @AfterEach
    void close() {
        exits.close();
    }

    private Launch shell(String script) {
        return new Launch.Program(
                List.of("/bin/sh", "-c", script), Map.of(), folder, Optional.empty());
    }

    @Test
    void what_cannot_be_claimed_on_a_full_disk_was_never_started() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "mounts need root");
        Path ran = folder.resolve("ran");
        run("mount", "-t", "tmpfs", "-o", "size=64k", "none", place.folder().toString());
        try {
            fill(place.folder().resolve("ballast"));

            assertThatThrownBy(() -> supervisor.start(place, shell("/bin/mkdir " + ran)))
                    .hasMessageContaining("0 MiB of them free");

            assertThat(supervisor.adopt(place)).isInstanceOf(Adoption.NeverStarted.class);
            assertThat(ran).doesNotExist();
        } finally {
            run("umount", "-l", place.folder().toString());
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    /// But for one page, which the script of the task takes.
    private static void fill(Path file) throws IOException {
        try (RandomAccessFile ballast = new RandomAccessFile(file.toFile(), "rw")) {
            long written = 0;
            try {
                for (byte[] page = new byte[PAGE]; written < FILE_MAX; written += PAGE) {
                    ballast.write(page);
                }
            } catch (IOException full) {
                ballast.setLength(written - PAGE);
            }
        }
    }

    /// A daemon may be killed while it does so.
    @Test
    void what_was_given_up_half_is_given_up_by_the_next_daemon() throws Exception {
        RunFolder run = new RunFolder(place.folder());
        run.create(shell("exit 0"));
        Files.createFile(run.path().resolve("abandoned"));

        assertThat(supervisor.adopt(place)).isInstanceOf(Adoption.NeverStarted.class);
        assertThat(supervisor.adopt(place)).isInstanceOf(Adoption.NeverStarted.class);
        assertThat(run.path().resolve("shim")).hasContent("abandoned");
    }

    @Test
    void what_nobody_has_put_a_name_to_is_not_said_to_be_a_restart() throws Exception {
        RunFolder run = new RunFolder(place.folder());
        run.create(shell("exit 0"));
        Files.createFile(run.path().resolve("shim"));

        Supervised found = ((Adoption.Adopted) supervisor.adopt(place)).run();

        assertThat(found.await(SOON).orElseThrow())
                .asString()
                .contains("was not written down: the disk was full");
    }

    /// A supervisor that is killed leaves its child on the way to the task: it may come late.
    @Test
    void whose_supervisor_is_gone_begins_no_more() throws Exception {
        RunFolder run = new RunFolder(place.folder());
        run.create(shell("exit 0"));
        Files.writeString(run.path().resolve("shim"), gone() + "\n");

        Supervised found = ((Adoption.Adopted) supervisor.adopt(place)).run();

        assertThat(found.await(SOON).orElseThrow())
                .asString()
                .contains("its supervising process was killed");
        assertThat(run.path().resolve("task")).hasContent("abandoned");
    }

    private static ProcessIdentity gone() throws Exception {
        Process process = new ProcessBuilder("sleep", "60").start();
        ProcessIdentity identity = ProcessIdentity.of((int) process.pid()).orElseThrow();
        process.destroyForcibly().waitFor();
        return identity;
    }

    @Test
    void a_task_that_was_given_up_never_begins_and_says_nothing() throws Exception {
        Path ran = folder.resolve("ran");
        Files.writeString(place.folder().resolve("task"), "abandoned\n");

        assertThatThrownBy(() -> supervisor.start(place, shell("/bin/mkdir " + ran)))
                .hasMessageContaining("ended before it could start the task");

        assertThat(ran).doesNotExist();
        await().atMost(SOON)
                .until(() -> Files.exists(place.logs().folder().resolve("web.stderr.000000")));
        assertThat(place.logs().folder().resolve("web.stderr.000000")).isEmptyFile();
    }
}
