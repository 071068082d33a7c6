package dev.drover.store.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.store.Bytes;
import dev.drover.store.Commit;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.ManualClock;
import dev.drover.store.Revision;
import dev.drover.store.Txn;
import dev.drover.store.log.LocalLog;
import dev.drover.store.rocks.Examiner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a failing disk does to the store, and what the store makes of it.
class DamageTest {
    private static final Settings SETTINGS = Settings.standard().halt(Opened.FAIL);
    private static final int WRITTEN = 100;

    @TempDir Path folder;

    @Test
    void a_torn_end_of_the_log_costs_what_it_held_and_no_more() throws IOException {
        fill();
        Path log = newest(".log");
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(bytes, bytes.length - 5));

        try (DurableStore store = open()) {
            assertThat(store.revision()).isEqualTo(new Revision(WRITTEN - 1));
            assertThat(store.get(key(WRITTEN - 2))).isPresent();
            assertThat(store.get(key(WRITTEN - 1))).isEmpty();
        }
    }

    @Test
    void a_flipped_byte_in_the_log_is_refused_and_not_skipped() throws IOException {
        fill();
        flipMiddle(newest(".log"));

        assertThatThrownBy(this::open)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("fix:");
    }

    @Test
    void a_flipped_byte_in_a_table_is_refused() throws IOException {
        fill();
        open().close(); // opening moves the log's content into a table
        flipMiddle(largest(".sst"));

        assertThatThrownBy(this::open)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(folder.toString());
    }

    @Test
    void a_cut_table_is_refused() throws IOException {
        fill();
        open().close();
        Path table = largest(".sst");
        byte[] bytes = Files.readAllBytes(table);
        Files.write(table, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(this::open).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_failed_sync_stops_the_store_and_shows_nothing_of_what_it_covered() {
        AtomicBoolean failing = new AtomicBoolean();
        List<String> halts = new ArrayList<>();
        try (DurableStore store =
                DurableStore.open(
                        folder,
                        SETTINGS,
                        new ManualClock(),
                        (machine, sync, pace) ->
                                new LocalLog(
                                        machine,
                                        () -> sync(failing, sync),
                                        (why, _) -> halts.add(why),
                                        pace))) {
            store.commit(Txn.put(key(0), Bytes.utf8("safe")));
            failing.set(true);

            Commit lost = store.commit(Txn.put(key(0), Bytes.utf8("lost")));
            failing.set(false);
            Commit after = store.commit(Txn.put(key(1), Bytes.utf8("after")));

            assertThat(lost).isInstanceOf(Commit.Unknown.class);
            assertThat(after).isInstanceOf(Commit.Unknown.class);
            assertThat(store.get(key(0)).map(Entry::value)).contains(Bytes.utf8("safe"));
            assertThat(store.get(key(1))).isEmpty();
            assertThat(halts).hasSize(1);
        }
    }

    private static void sync(AtomicBoolean failing, Runnable sync) {
        if (failing.get()) {
            throw new UncheckedIOException(new IOException("Input/output error"));
        }
        sync.run();
    }

    @Test
    void a_full_disk_refuses_writes_and_serves_reads() {
        fill();
        Settings full =
                new Settings(
                        SETTINGS.limits(),
                        SETTINGS.window(),
                        SETTINGS.retention(),
                        SETTINGS.onDisk(),
                        SETTINGS.cacheBytes(),
                        Long.MAX_VALUE,
                        SETTINGS.halt());
        try (DurableStore store = DurableStore.open(folder, full, new ManualClock())) {
            assertThat(store.commit(Txn.put(key(0), Bytes.EMPTY)))
                    .isInstanceOfSatisfying(
                            Commit.Refused.class,
                            refused -> assertThat(refused.why()).contains("make room"));
            assertThat(store.get(key(7))).isPresent();
            assertThat(store.revision()).isEqualTo(new Revision(WRITTEN));
        }
    }

    @Test
    void a_look_at_every_byte_finds_nothing_in_a_whole_store() throws IOException {
        fill();

        Examination found = Examination.of(folder);

        assertThat(found.damage()).isEmpty();
        assertThat(found.newest()).isEqualTo(new Revision(WRITTEN));
        assertThat(found.counts().keys()).isEqualTo(WRITTEN);
        assertThat(found.counts().changes()).isEqualTo(WRITTEN);
    }

    @Test
    void a_look_at_every_byte_names_each_damaged_table() throws IOException {
        fill();
        open().close();
        List<String> tables = new ArrayList<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".sst")).toList()) {
                flip(file, 30);
                tables.add(file.toString());
            }
        }

        Examination found = Examination.of(folder);

        assertThat(tables).hasSizeGreaterThan(1);
        assertThat(found.damage()).extracting(Examiner.Damage::where).containsAll(tables);
    }

    @Test
    void a_look_at_every_byte_notices_a_damaged_log() throws IOException {
        fill();
        flipMiddle(newest(".log"));

        Examination found = Examination.of(folder);

        assertThat(found.damage()).isNotEmpty();
    }

    @Test
    void a_look_where_there_is_no_store_makes_none() {
        assertThatThrownBy(() -> Examination.of(folder)).hasMessageContaining("there is no store");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_second_process_is_refused() {
        try (DurableStore store = open()) {
            assertThat(store.revision()).isEqualTo(Revision.NONE);
            assertThatThrownBy(this::open).isInstanceOf(UncheckedIOException.class);
        }
    }

    private DurableStore open() {
        return DurableStore.open(folder, SETTINGS, new ManualClock());
    }

    private void fill() {
        try (DurableStore store = open()) {
            for (int i = 0; i < WRITTEN; i++) {
                store.commit(Txn.put(key(i), Bytes.copyOf(new byte[500])));
            }
        }
    }

    private static Key key(int number) {
        return Key.of("jobs", "default", "j" + number);
    }

    private Path newest(String ending) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(ending)).sorted().toList().getLast();
        }
    }

    private Path largest(String ending) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(ending))
                    .max(Comparator.comparingLong(f -> f.toFile().length()))
                    .orElseThrow();
        }
    }

    private static void flipMiddle(Path file) throws IOException {
        flip(file, (int) Files.size(file) / 2);
    }

    private static void flip(Path file, int place) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[place] ^= 0x10;
        Files.write(file, bytes);
    }
}
