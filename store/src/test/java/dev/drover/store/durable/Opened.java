package dev.drover.store.durable;

import dev.drover.store.ManualClock;
import dev.drover.store.log.Halt;
import java.nio.file.Path;

/// A store in a folder, opened and closed as a test likes.
final class Opened implements AutoCloseable {
    static final Halt FAIL =
            (why, cause) -> {
                throw new AssertionError(why, cause);
            };

    private final Path folder;
    private final Settings settings;
    private final ManualClock clock = new ManualClock();
    private DurableStore store;

    Opened(Path folder, Settings settings) {
        this.folder = folder;
        this.settings = settings;
        this.store = DurableStore.open(folder, settings, clock);
    }

    DurableStore store() {
        return store;
    }

    DurableStore reopened() {
        store.close();
        store = DurableStore.open(folder, settings, clock);
        return store;
    }

    ManualClock clock() {
        return clock;
    }

    @Override
    public void close() {
        store.close();
    }
}
