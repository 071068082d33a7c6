package dev.drover.store.durable;

import java.time.Duration;

/// What a store has done since it was opened, and how large it is now.
public record Stats(Counts counts, Sizes sizes) {
    /// Ever growing.
    ///
    /// @param done transactions whose conditions held
    /// @param conflicts those of which one did not
    /// @param refused not taken: too large, or the disk is full
    /// @param unknown stopped or interrupted on the way
    /// @param syncs waits for the disk; `done / syncs` says how many commits share one
    /// @param syncTime spent in them
    public record Counts(
            long done, long conflicts, long refused, long unknown, long syncs, Duration syncTime) {}

    /// As of now.
    ///
    /// @param keys entries of the newest state
    /// @param revisionsKept that can still be read
    /// @param watches open ones
    /// @param fileBytes of tables on disk, without the log
    /// @param freeBytes that the disk has left
    public record Sizes(
            int keys, long revisionsKept, int watches, long fileBytes, long freeBytes) {}
}
