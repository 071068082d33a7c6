package dev.drover.store.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.store.Bytes;
import dev.drover.store.Delivery;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.ListRequest;
import dev.drover.store.Listing;
import dev.drover.store.ManualClock;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final Settings SETTINGS = Settings.standard().halt(Opened.FAIL);
    private static final long JUMP = 1L << 32;

    @TempDir Path base;

    @Test
    void a_restored_store_has_every_entry_another_identity_and_newer_revisions() throws Exception {
        Path file = base.resolve("backup.zip");
        List<Entry> entries;
        String cluster;
        try (DurableStore store = open("store")) {
            fill(store, 100);
            store.backup(file);
            entries = entries(store);
            cluster = store.clusterId();
            fill(store, 7);
        }

        DurableStore.restore(file, base.resolve("restored"));

        try (DurableStore restored = open("restored")) {
            assertThat(entries(restored)).isEqualTo(entries);
            assertThat(restored.clusterId()).isNotEqualTo(cluster);
            assertThat(restored.revision()).isEqualTo(new Revision(100 + JUMP));
            fill(restored, 1);
            assertThat(restored.revision()).isEqualTo(new Revision(101 + JUMP));
            assertThat(restored.get(key(0)).orElseThrow().created()).isEqualTo(new Revision(1));
        }
    }

    @Test
    void a_watch_of_the_earlier_life_has_to_begin_anew() throws Exception {
        Path file = base.resolve("backup.zip");
        try (DurableStore store = open("store")) {
            fill(store, 10);
            store.backup(file);
        }
        DurableStore.restore(file, base.resolve("restored"));

        try (DurableStore restored = open("restored");
                Watch watch =
                        restored.watch(WatchRequest.from(Prefix.EVERYTHING, new Revision(11)))) {
            assertThat(watch.next(Duration.ZERO).orElseThrow()).isInstanceOf(Delivery.TooOld.class);
        }
    }

    @Test
    void a_backup_under_load_is_a_state_that_was_there() throws Exception {
        Path file = base.resolve("backup.zip");
        try (DurableStore store = open("store")) {
            AtomicBoolean done = new AtomicBoolean();
            Thread writer =
                    Thread.ofVirtual()
                            .start(() -> {
                                while (!done.get()) {
                                    fill(store, 50);
                                }
                            });
            store.backup(file);
            done.set(true);
            writer.join();
        }
        DurableStore.restore(file, base.resolve("restored"));

        try (DurableStore restored = open("restored")) {
            // Each transaction writes the next number, to one key after the other.
            long newest = restored.revision().number() - JUMP;
            for (Entry entry : entries(restored)) {
                assertThat(entry.modified().number()).isBetween(newest - 49, newest);
            }
        }
    }

    @Test
    void a_damaged_file_is_refused() throws IOException {
        Path file = base.resolve("backup.zip");
        try (DurableStore store = open("store")) {
            fill(store, 100);
            store.backup(file);
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 0x10;
        Files.write(file, bytes);

        assertThatThrownBy(() -> DurableStore.restore(file, base.resolve("restored")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("backup.zip");
    }

    @Test
    void a_folder_that_holds_something_is_left_alone() throws IOException {
        Path file = base.resolve("backup.zip");
        try (DurableStore store = open("store")) {
            store.backup(file);
        }

        assertThatThrownBy(() -> DurableStore.restore(file, base.resolve("store")))
                .isInstanceOf(UncheckedIOException.class)
                .rootCause()
                .hasMessageContaining("not empty");
    }

    private DurableStore open(String name) {
        return DurableStore.open(base.resolve(name), SETTINGS, new ManualClock());
    }

    private static void fill(Store store, int count) {
        for (int i = 0; i < count; i++) {
            store.commit(Txn.put(key(i), Bytes.utf8("" + i)));
        }
    }

    private static Key key(int number) {
        return Key.of("jobs", "default", "j" + number);
    }

    private static List<Entry> entries(Store store) {
        return ((Listing.Page) store.list(ListRequest.of(Prefix.EVERYTHING))).entries();
    }
}
