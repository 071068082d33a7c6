package dev.drover.node.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.node.driver.Running;
import dev.drover.node.hook.RunControl;
import dev.drover.node.hook.TaskContext;
import dev.drover.node.hook.TaskContexts;
import dev.drover.node.os.Signal;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskHookTest {
    @TempDir Path folder;
    private final List<String> told = new ArrayList<>();
    private long room = 1 << 30;
    private final List<Duration> pauses = new ArrayList<>();

    /// A run that is over when nothing is left to do between two pauses.
    private final class Pausing implements RunControl {
        private final List<Runnable> meanwhile;

        Pausing(Runnable... meanwhile) {
            this.meanwhile = new ArrayList<>(List.of(meanwhile));
        }

        @Override
        public Running running() {
            throw new IllegalStateException("nobody asks for it");
        }

        @Override
        public void pause(Duration time) throws InterruptedException {
            pauses.add(time);
            if (meanwhile.isEmpty()) {
                throw new InterruptedException("the run is over");
            }
            meanwhile.removeFirst().run();
        }

        @Override
        public void splay(Duration max) {}

        @Override
        public void restart(String because) {
            told.add("restart");
        }

        @Override
        public void fail(String because) {
            told.add("fail");
        }

        @Override
        public void signal(Signal signal, String because) {
            told.add("signal");
        }

        @Override
        public void tell(String type, String message) {
            told.add(type + ": " + message);
        }
    }

    private void accompany(Instant[] times, Runnable... meanwhile) throws Exception {
        TaskContext task = TaskContexts.of(folder, "\"config\":{}");
        List<Instant> clock = new ArrayList<>(List.of(times));
        DiskHook hook =
                new DiskHook(
                        () -> clock.size() > 1 ? clock.removeFirst() : clock.getFirst(), _ -> room);

        assertThatThrownBy(
                        () -> hook.companion(task).orElseThrow().accompany(new Pausing(meanwhile)))
                .isInstanceOf(InterruptedException.class);
    }

    private void file(String name, int mib) {
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
            file.setLength((long) mib << 20);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void says_once_who_holds_how_much_and_again_when_it_comes_back() throws Exception {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");
        Files.createDirectories(folder.resolve("alloc/data/deep"));
        Files.createDirectories(folder.resolve("web/local"));
        file("web/local/small", 40);

        accompany(
                new Instant[] {noon},
                () -> file("alloc/data/deep/large", 200),
                () -> file("web/local/small", 41),
                () -> file("alloc/data/deep/large", 1),
                () -> file("alloc/data/deep/large", 300));

        assertThat(told)
                .containsExactly(
                        "Disk Exceeded: The allocation's folders hold 240 MiB, ephemeral_disk.size"
                                + " is 100 MiB; most is in alloc/data",
                        "Disk Exceeded: The allocation's folders hold 341 MiB, ephemeral_disk.size"
                                + " is 100 MiB; most is in alloc/data");
    }

    @Test
    void says_once_that_the_disk_is_full_and_again_when_it_comes_back() throws Exception {
        accompany(
                new Instant[] {Instant.EPOCH},
                () -> room = 0,
                () -> room = 4_096,
                () -> room = 1 << 30,
                () -> room = 0);

        assertThat(told)
                .hasSize(2)
                .allSatisfy(words ->
                        assertThat(words)
                                .startsWith("Disk Full: What the task prints waits")
                                .contains("the file system of " + folder));
    }

    @Test
    void counting_takes_a_hundredth_of_the_time_at_most() throws Exception {
        Instant noon = Instant.parse("2026-01-01T12:00:00Z");

        accompany(new Instant[] {noon, noon.plusSeconds(5), noon.plusSeconds(5)}, () -> {});

        assertThat(pauses).containsExactly(Duration.ofSeconds(500), Duration.ofSeconds(60));
    }

    @Test
    void links_lead_nowhere_and_a_folder_that_is_gone_holds_nothing() throws Exception {
        Path far = Files.createDirectories(folder.resolve("far"));
        file("far/large", 500);
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.createSymbolicLink(home.resolve("link"), far);

        assertThat(DiskUse.of(home).bytes()).isZero();
        assertThat(DiskUse.of(folder.resolve("gone")).bytes()).isZero();
    }
}
