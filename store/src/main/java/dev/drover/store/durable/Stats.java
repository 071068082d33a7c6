package dev.drover.store.durable;

import dev.drover.store.Revision;

/// What a store has done since it was opened, and how large it is now.
public record Stats(Counts counts, Paces paces, Revisions revisions, Sizes sizes) {
    /// Ever growing.
    ///
    /// @param done transactions whose conditions held
    /// @param conflicts those of which one did not
    /// @param refused not taken: too large, or the disk is full
    /// @param unknown stopped or interrupted on the way
    /// @param replays how often a watch was so far behind that it was fed from disk
    /// @param cleaned changes whose past was removed from disk after compaction
    public record Counts(
            long done, long conflicts, long refused, long unknown, long replays, long cleaned) {}

    /// How long things take, and how many there are at once.
    ///
    /// @param groups transactions that are written at once
    /// @param queued seconds that the first of a group had waited to be taken
    /// @param syncs seconds that the disk needed
    /// @param cleanings seconds that a slice of cleaning took
    public record Paces(
            Distribution groups, Distribution queued, Distribution syncs, Distribution cleanings) {}

    /// Where it stands.
    ///
    /// @param compacted what was before is forgotten
    /// @param cleaned up to here it is removed from disk, too
    public record Revisions(Revision newest, Revision compacted, Revision cleaned) {
        /// How many can still be read.
        public long kept() {
            return newest.number() - compacted.number() + 1;
        }
    }

    /// As of now.
    ///
    /// @param keys entries of the newest state
    /// @param watches open ones
    /// @param watchLag revisions that the slowest of them has not been given
    /// @param fileBytes of tables on disk
    /// @param logBytes of the log, read again when the store is opened
    /// @param freeBytes that the disk has left
    public record Sizes(
            int keys, int watches, long watchLag, long fileBytes, long logBytes, long freeBytes) {}
}
