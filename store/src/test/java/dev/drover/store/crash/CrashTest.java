package dev.drover.store.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
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

    /// Shows that the test above would notice. On a busy machine a round may end before the first
    /// promise was made: as many rounds as above.
    @Test
    void a_store_that_does_not_sync_is_found_out() throws Exception {
        CrashRounds rounds = new CrashRounds(folder, "no-sync");
        List<String> broken = List.of();
        for (int round = 0; round < 10 && broken.isEmpty(); round++) {
            broken = rounds.round(round, 300);
        }
        assertThat(broken).isNotEmpty();
    }
}
