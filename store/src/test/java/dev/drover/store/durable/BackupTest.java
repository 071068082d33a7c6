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
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
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
            backup(store, file);
            entries = entries(store);
            cluster = store.clusterId();
            fill(store, 7);
        }

        Backup.restore(file, base.resolve("restored"));

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
            backup(store, file);
        }
        Backup.restore(file, base.resolve("restored"));

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
            backup(store, file);
            done.set(true);
            writer.join();
        }
        Backup.restore(file, base.resolve("restored"));

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
            backup(store, file);
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 0x10;
        Files.write(file, bytes);

        assertThatThrownBy(() -> Backup.verify(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("backup.zip is damaged")
                .hasMessageContaining("fix: use another backup");
        assertThatThrownBy(() -> Backup.restore(file, base.resolve("restored")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot restore " + file);
        assertThat(base.resolve("restored")).doesNotExist();
        assertThat(base.resolve("restored.unfinished")).doesNotExist();
    }

    @Test
    void a_folder_that_holds_something_is_left_alone() throws IOException {
        Path file = base.resolve("backup.zip");
        try (DurableStore store = open("store")) {
            backup(store, file);
        }

        assertThatThrownBy(() -> Backup.restore(file, base.resolve("store")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not empty");
    }

    @Test
    void a_backup_says_which_store_it_is_of_and_as_of_which_revision() throws IOException {
        Path file = base.resolve("backup.zip");
        try (DurableStore store = open("store")) {
            fill(store, 12);
            BackupLabel written = backup(store, file);

            BackupLabel read = Backup.verify(file);

            assertThat(read).isEqualTo(written);
            assertThat(read.cluster()).isEqualTo(store.clusterId());
            assertThat(read.revision()).isEqualTo(new Revision(12));
            assertThat(base.resolve("store/copies")).isEmptyDirectory();
        }
    }

    @Test
    void a_file_that_was_cut_anywhere_is_no_backup() throws IOException {
        Path file = base.resolve("backup.zip");
        try (DurableStore store = open("store")) {
            fill(store, 100);
            backup(store, file);
        }
        byte[] whole = Files.readAllBytes(file);
        for (int part = 0; part < 8; part++) {
            Files.write(file, Arrays.copyOf(whole, whole.length / 9 * part));

            assertThatThrownBy(() -> Backup.verify(file)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_part_that_was_exchanged_is_noticed_by_its_sum() throws IOException {
        Path file = base.resolve("backup.zip");
        try (DurableStore store = open("store")) {
            fill(store, 3);
            backup(store, file);
        }
        Path other = base.resolve("other.zip");
        try (ZipFile from = new ZipFile(file.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(other))) {
            for (ZipEntry part : Collections.list(from.entries())) {
                to.putNextEntry(new ZipEntry(part.getName()));
                byte[] content = from.getInputStream(part).readAllBytes();
                to.write(part.getName().equals("CURRENT") ? new byte[] {1} : content);
            }
        }

        assertThatThrownBy(() -> Backup.verify(other)).hasMessageContaining("CURRENT) and should");
    }

    @Test
    void a_second_backup_at_the_same_time_is_refused() throws IOException {
        try (DurableStore store = open("store")) {
            fill(store, 3);
            List<String> refusals = new ArrayList<>();
            OutputStream out =
                    new OutputStream() {
                        @Override
                        public void write(int one) {
                            try {
                                store.backup(OutputStream.nullOutputStream());
                            } catch (IOException e) {
                                refusals.add(e.getMessage());
                            }
                        }
                    };

            store.backup(out);

            assertThat(refusals).isNotEmpty().allMatch(r -> r.contains("another backup"));
        }
    }

    private static BackupLabel backup(DurableStore store, Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            return store.backup(out);
        }
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
