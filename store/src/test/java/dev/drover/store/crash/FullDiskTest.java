package dev.drover.store.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.drover.store.Bytes;
import dev.drover.store.Commit;
import dev.drover.store.Key;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Settings;
import dev.drover.store.lease.Epoch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A small file system of its own that runs full.
class FullDiskTest {
    private static final Bytes VALUE = Bytes.copyOf(new byte[64 << 10]);

    /// Far less than the product leaves, on a disk that is far smaller.
    private static final long SPARE = 16L << 20;

    @TempDir Path base;
    private Path disk = Path.of("");

    @BeforeEach
    void mount() throws Exception {
        // Brings RocksDB's native code, which must not come from a disk that will be taken away.
        DurableStore.open(base.resolve("other"), spare(0), InstantSource.system()).close();
        disk = Files.createDirectories(base.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=192m", "tmpfs", disk.toString()),
                "may not mount: no disk that is full");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void a_full_disk_refuses_writes_serves_reads_and_takes_writes_when_there_is_room_again()
            throws Exception {
        Settings settings = spare(SPARE);
        try (Store store =
                DurableStore.open(disk.resolve("store"), settings, InstantSource.system())) {
            store.commit(Txn.put(key(0), VALUE));
            Path ballast = ballast(SPARE / 2);

            Commit refused = store.commit(Txn.put(key(0), Bytes.EMPTY));

            assertThat(refused).isInstanceOf(Commit.Refused.class);
            assertThat(((Commit.Refused) refused).why())
                    .contains(disk.toString())
                    .contains("make room");
            assertThat(store.get(key(0)).orElseThrow().value()).isEqualTo(VALUE);
            assertThatThrownBy(() -> Epoch.take(store, "a test"))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("cannot become the leader")
                    .hasMessageContaining("make room");
            Files.delete(ballast);
            assertThat(store.commit(Txn.put(key(1), VALUE))).isInstanceOf(Commit.Done.class);
        }
    }

    /// What the spare is for: without it a write meets the end of the disk, and nobody knows how
    /// much of it is there.
    @Test
    void a_store_that_met_the_end_of_its_disk_stops_and_has_what_it_acknowledged()
            throws Exception {
        List<String> halts = new ArrayList<>();
        List<Key> acknowledged = new ArrayList<>();
        Settings settings = spare(0).halt((why, _) -> halts.add(why));
        Path ballast = ballast(100L << 20); // RocksDB takes 70 of it for a log in advance
        try (Store store =
                DurableStore.open(disk.resolve("store"), settings, InstantSource.system())) {
            for (int i = 0; halts.isEmpty() && i < 2_000; i++) {
                if (store.commit(Txn.put(key(i), VALUE)) instanceof Commit.Done) {
                    acknowledged.add(key(i));
                }
            }
            assertThat(store.get(key(0))).isPresent();
        }
        assertThat(halts).hasSize(1);
        Files.delete(ballast);

        try (Store store =
                DurableStore.open(disk.resolve("store"), settings, InstantSource.system())) {
            assertThat(acknowledged)
                    .isNotEmpty()
                    .allSatisfy(key ->
                            assertThat(store.get(key).orElseThrow().value()).isEqualTo(VALUE));
            assertThat(store.commit(Txn.put(key(0), VALUE))).isInstanceOf(Commit.Done.class);
        }
    }

    /// Takes all of the disk but so many bytes.
    private Path ballast(long left) throws IOException {
        long size = disk.toFile().getUsableSpace() - left;
        return Files.write(disk.resolve("ballast"), new byte[(int) size]);
    }

    private static Settings spare(long bytes) {
        Settings standard = Settings.standard();
        return new Settings(
                standard.limits(),
                standard.window(),
                standard.retention(),
                standard.onDisk(),
                standard.cacheBytes(),
                bytes,
                standard.halt());
    }

    private static Key key(int number) {
        return Key.of("jobs", "default", "j" + number);
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            return false; // no such program here
        }
    }
}
