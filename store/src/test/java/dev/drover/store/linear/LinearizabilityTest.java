package dev.drover.store.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.store.Key;
import dev.drover.store.Store;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Settings;
import dev.drover.store.memory.MemoryStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `-Dlinear.from=7 -Dlinear.to=8` records what seed 7 asks for.
class LinearizabilityTest {
    private static final long FROM = Long.getLong("linear.from", 0);
    private static final long TO = Long.getLong("linear.to", 20);

    @TempDir Path folder;

    @Test
    void what_callers_of_the_durable_store_see_could_have_happened_one_after_the_other() {
        try (Store store = DurableStore.open(folder, Settings.standard(), InstantSource.system())) {
            LongStream.range(FROM, TO).forEach(seed -> linearizable(store, seed));
        }
    }

    @Test
    void the_same_when_values_are_read_from_disk() {
        Settings settings = Settings.standard().onDisk(Set.of("jobs"));
        try (Store store = DurableStore.open(folder, settings, InstantSource.system())) {
            LongStream.range(FROM, TO).forEach(seed -> linearizable(store, seed));
        }
    }

    @Test
    void what_callers_of_the_memory_store_see_could_have_happened_one_after_the_other() {
        Store store = new MemoryStore("memory", InstantSource.system());
        LongStream.range(FROM, TO).forEach(seed -> linearizable(store, seed));
    }

    private static void linearizable(Store store, long seed) {
        Map<Key, List<Operation>> histories = new Recorder(store, store::get, seed).record();

        histories.forEach((key, history) ->
                assertThat(Checker.linearizable(history)).as("seed %s, %s", seed, key).isTrue());
    }

    /// Shows that the tests above would notice.
    @Test
    void a_store_that_now_and_then_answers_with_an_old_state_is_found_out() {
        Store store = new MemoryStore("memory", InstantSource.system());
        StaleReads stale = new StaleReads(store);

        assertThat(new Recorder(store, stale::get, 1).record().values())
                .anySatisfy(history -> assertThat(Checker.linearizable(history)).isFalse());
    }
}
