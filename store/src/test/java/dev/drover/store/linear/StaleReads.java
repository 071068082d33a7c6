package dev.drover.store.linear;

import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Store;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A planted mistake: every tenth read is answered with what the last tenth one has seen.
final class StaleReads {
    private static final int EVERY = 10;

    private final Store store;
    private final Map<Key, Optional<Entry>> seen = new ConcurrentHashMap<>();
    private final AtomicInteger reads = new AtomicInteger();

    StaleReads(Store store) {
        this.store = store;
    }

    Optional<Entry> get(Key key) {
        Optional<Entry> now = store.get(key);
        return reads.incrementAndGet() % EVERY == 0
                ? Optional.ofNullable(seen.put(key, now)).orElse(now)
                : now;
    }
}
