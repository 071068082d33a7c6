package dev.drover.store.memory;

import dev.drover.store.ManualClock;
import dev.drover.store.Store;
import dev.drover.store.StoreContract;
import java.time.Duration;
import java.time.Instant;

class MemoryStoreTest implements StoreContract {
    private final ManualClock clock = new ManualClock();
    private final Store store = new MemoryStore("test", clock);

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
}
