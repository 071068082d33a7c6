package dev.drover.store.durable;

import dev.drover.store.rocks.Database;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What the disk has left, and whether that is enough to write on.
final class Space {
    /// Asking costs as much as everything else that a caller does for a small write. The fastest
    /// disk fills a small part of the spare in that time.
    private static final long TRUSTED_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Database database;
    private final long spareBytes;

    /// When there was enough.
    private volatile long enoughNanos = System.nanoTime() - TRUSTED_NANOS;

    /// @param spareBytes that must be left
    Space(Database database, long spareBytes) {
        this.database = database;
        this.spareBytes = spareBytes;
    }

    /// Why nothing can be written now, or empty. That there was not enough is never remembered.
    Optional<String> refusal() {
        long now = System.nanoTime();
        if (now - enoughNanos < TRUSTED_NANOS) {
            return Optional.empty();
        }
        long free = database.freeBytes();
        if (free < spareBytes) {
            return Optional.of(
                    "the disk of %s has %d MiB left; the store writes nothing below %d: make room"
                            .formatted(database.folder(), free >> 20, spareBytes >> 20));
        }
        enoughNanos = now;
        return Optional.empty();
    }
}
