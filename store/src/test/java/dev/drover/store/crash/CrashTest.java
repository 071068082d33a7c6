package dev.drover.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashTest {
    @TempDir Path folder;

    @Test
    void a_store_that_lost_its_power_under_load_has_everything_it_acknowledged() throws Exception {
        CrashRounds rounds = new CrashRounds(folder, "sync");
        Random random = new Random(7);
        for (int round = 0; round < 10; round++) {
            assertThat(rounds.round(round, 20 + random.nextInt(400)))
                    .as("round %s", round)
                    .isEmpty();
        }
    }

    /// Shows that the test above would notice.
    @Test
    void a_store_that_does_not_sync_is_found_out() throws Exception {
        assertThat(new CrashRounds(folder, "no-sync").round(0, 300)).isNotEmpty();
    }
}
