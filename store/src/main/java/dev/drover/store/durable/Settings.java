package dev.drover.store.durable;

import dev.drover.store.Limits;
import dev.drover.store.log.Halt;
import dev.drover.store.watch.Hub;
import java.util.Set;

/// How a store runs; nothing of it changes what lies on disk.
///
/// @param onDisk types whose values are read from disk instead of being kept in memory
/// @param cacheBytes for such reads, outside the heap
/// @param spareBytes writes are refused when the disk has less left: RocksDB needs room to tidy up
public record Settings(
        Limits limits,
        Hub.Window window,
        Retention retention,
        Set<String> onDisk,
        long cacheBytes,
        long spareBytes,
        Halt halt) {
    /// Takes a copy of the set.
    public Settings {
        onDisk = Set.copyOf(onDisk);
    }

    /// What the product uses.
    public static Settings standard() {
        return new Settings(
                Limits.STANDARD,
                Hub.Window.STANDARD,
                Retention.STANDARD,
                Set.of(),
                64L << 20,
                128L << 20,
                Halt.process());
    }

    /// The same with values of these types on disk only.
    public Settings onDisk(Set<String> types) {
        return new Settings(limits, window, retention, types, cacheBytes, spareBytes, halt);
    }

    /// The same with another reaction to a failing disk.
    public Settings halt(Halt other) {
        return new Settings(limits, window, retention, onDisk, cacheBytes, spareBytes, other);
    }

    /// The same keeping another part of the past.
    public Settings retention(Retention other) {
        return new Settings(limits, window, other, onDisk, cacheBytes, spareBytes, halt);
    }

    /// The same with another window for watches.
    public Settings window(Hub.Window other) {
        return new Settings(limits, other, retention, onDisk, cacheBytes, spareBytes, halt);
    }
}
