package dev.drover.store.crowd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.store.Store;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Settings;
import dev.drover.store.watch.Hub;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrowdTest {
    private static final int KEYS = 500;
    private static final int ROUNDS = 4;

    @TempDir Path folder;

    @Test
    void every_watch_gets_exactly_its_part_in_order() throws Exception {
        crowd(Settings.standard());
    }

    /// The window is far smaller than what is under way: nearly everything is read from disk.
    @Test
    void every_watch_gets_exactly_its_part_though_the_window_is_tiny() throws Exception {
        crowd(Settings.standard().window(new Hub.Window(64, 1 << 20)));
    }

    private void crowd(Settings settings) throws Exception {
        try (Store store = DurableStore.open(folder, settings, InstantSource.system())) {
            Crowd.Outcome outcome = new Crowd(store, KEYS, ROUNDS).run();

            assertThat(outcome.watches()).isEqualTo(KEYS + KEYS / 10);
            assertThat(outcome.deliveries()).isEqualTo((KEYS + KEYS / 10L * KEYS) * ROUNDS);
            assertThat(outcome.wrong()).isZero();
        }
    }
}
