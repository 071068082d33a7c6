package dev.drover.store;

import java.time.Duration;
import java.util.Optional;

/// One stream of changes. It belongs to one thread at a time, and costs nothing while nobody asks.
///
/// A watcher that asks rarely loses nothing: it is fed from disk. Only compaction beyond its place
/// ends it.
public interface Watch extends AutoCloseable {
    /// A frame is closed after this many changes, at the end of a revision; one that coalesces
    /// holds all keys.
    int FRAME_CHANGES = 1_000;

    /// With nothing to deliver there is one bookmark in this time, if the store moved on.
    Duration BOOKMARK_IDLE = Duration.ofSeconds(1);

    /// With much to deliver there is one bookmark in this time.
    Duration BOOKMARK_BUSY = Duration.ofSeconds(5);

    /// The next delivery; empty when there was none within `timeout` or the watch is closed.
    ///
    /// After a delivery that ends the watch the same one is answered for ever.
    ///
    /// @throws InterruptedException when interrupted while waiting
    /// @throws IllegalStateException when the store is closed
    Optional<Delivery> next(Duration timeout) throws InterruptedException;

    /// Asks for a bookmark at or after the newest revision of now, delivered behind all changes up
    /// to it.
    void progress();

    /// Ends it. A thread waiting in [#next(Duration)] gets an empty answer.
    @Override
    void close();
}
