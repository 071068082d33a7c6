package dev.drover.store.durable;

import dev.drover.store.ManualClock;
import dev.drover.store.Store;
import dev.drover.store.StoreContract;
import dev.drover.store.watch.Hub;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/// The contract on the store of the product, in each way it can be run.
class DurableStoreTest {
    private static final Settings SETTINGS = Settings.standard().halt(Opened.FAIL);

    @Nested
    class AsItIs implements StoreContract {
        private final Opened opened;

        AsItIs(@TempDir Path folder) {
            opened = new Opened(folder, SETTINGS);
        }

        @Override
        public Store store() {
            return opened.store();
        }

        @Override
        public Instant now() {
            return opened.clock().instant();
        }

        @Override
        public void pass(Duration time) {
            opened.clock().pass(time);
        }

        @AfterEach
        void close() {
            opened.close();
        }
    }

    /// Closed and opened again before each step.
    @Nested
    class Reopened implements StoreContract {
        private final Opened opened;

        Reopened(@TempDir Path folder) {
            opened = new Opened(folder, SETTINGS);
        }

        @Override
        public Store store() {
            return opened.reopened();
        }

        @Override
        public Instant now() {
            return opened.clock().instant();
        }

        @Override
        public void pass(Duration time) {
            opened.clock().pass(time);
        }

        @AfterEach
        void close() {
            opened.close();
        }
    }

    /// With values on disk and next to nothing kept for watches: both come from RocksDB.
    @Nested
    class FromDisk implements StoreContract {
        private final Opened opened;

        FromDisk(@TempDir Path folder) {
            opened =
                    new Opened(
                            folder,
                            SETTINGS.onDisk(Set.of("jobs")).window(new Hub.Window(2, 1 << 20)));
        }

        @Override
        public Store store() {
            return opened.store();
        }

        @Override
        public Instant now() {
            return opened.clock().instant();
        }

        @Override
        public void pass(Duration time) {
            opened.clock().pass(time);
        }

        @AfterEach
        void close() {
            opened.close();
        }
    }

    /// Under a log that has nothing in common with the product's.
    @Nested
    class UnderAnotherLog implements StoreContract {
        private final ManualClock clock = new ManualClock();
        private final DurableStore store;

        UnderAnotherLog(@TempDir Path folder) {
            store =
                    DurableStore.open(
                            folder, SETTINGS, clock, (machine, _, _) -> new DirectLog(machine));
        }

        @Override
        public Store store() {
            return store;
        }

        @Override
        public Instant now() {
            return clock.instant();
        }

        @Override
        public void pass(Duration time) {
            clock.pass(time);
        }

        @AfterEach
        void close() {
            store.close();
        }
    }
}
