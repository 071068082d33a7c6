package dev.drover.manifests.wire;

/// How the server's store fares, for people who look after it.
///
/// @param cluster tells this store from any other
public record StoreStatus(String cluster, Revisions revisions, Work work, Sizes sizes) {
    /// Where it stands.
    ///
    /// @param compacted what was before is forgotten
    /// @param cleaned up to here it is removed from disk, too
    public record Revisions(long newest, long compacted, long cleaned) {}

    /// Since the server was started.
    ///
    /// @param done transactions whose conditions held
    /// @param conflicts those of which one did not
    /// @param refused not taken: too large, or the disk is full
    /// @param unknown stopped or interrupted on the way
    /// @param syncs waits for the disk
    /// @param syncMicros all of them together
    public record Work(
            long done, long conflicts, long refused, long unknown, long syncs, long syncMicros) {}

    /// As of now.
    ///
    /// @param watchLag revisions that the slowest watch has not been given
    /// @param fileBytes of tables on disk
    /// @param logBytes of the log
    /// @param freeBytes that the disk has left
    public record Sizes(
            long keys,
            long watches,
            long watchLag,
            long fileBytes,
            long logBytes,
            long freeBytes) {}
}
