package dev.drover.store.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.store.Revision;
import dev.drover.store.rocks.Batch;
import dev.drover.store.rocks.Database;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimesTest {
    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
    private static final long CACHE = 1 << 20;

    @TempDir Path folder;

    @Test
    void what_is_kept_by_bytes_is_told_from_what_was_written_not_from_what_lies_on_disk() {
        try (Database database = Database.open(folder, CACHE)) {
            Times times = new Times(database);
            minutes(times, database, 10);

            assertThat(times.within(10_000)).isEqualTo(Revision.NONE);
            assertThat(times.within(3_000)).isEqualTo(new Revision(70));
            assertThat(times.within(3_999)).isEqualTo(new Revision(70));
            assertThat(times.within(10)).isEqualTo(new Revision(90)); // a minute is not cut
        }
    }

    @Test
    void an_idle_store_forgets_no_more_however_often_it_is_asked() {
        try (Database database = Database.open(folder, CACHE)) {
            Times times = new Times(database);
            minutes(times, database, 10);

            try (Batch batch = database.batch()) {
                times.forget(times.within(3_000), batch);
                database.write(batch);
            }

            assertThat(times.within(3_000)).isEqualTo(Revision.NONE);
        }
    }

    @Test
    void it_is_known_again_after_a_start_but_for_the_last_minute() {
        try (Database database = Database.open(folder, CACHE)) {
            minutes(new Times(database), database, 10);
        }
        try (Database database = Database.open(folder, CACHE)) {
            Times times = new Times(database);

            assertThat(times.within(3_000)).isEqualTo(new Revision(60));
            assertThat(times.at(NOON, new Revision(100))).isEqualTo(Revision.NONE);
        }
    }

    /// Ten revisions and a thousand bytes in each.
    private static void minutes(Times times, Database database, int count) {
        for (int minute = 0; minute < count; minute++) {
            try (Batch batch = database.batch()) {
                times.note(NOON.plusSeconds(60L * minute), new Revision(minute * 10L), batch);
                database.write(batch);
            }
            times.wrote(1_000);
        }
    }
}
