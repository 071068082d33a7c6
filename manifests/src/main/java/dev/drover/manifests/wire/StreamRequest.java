package dev.drover.manifests.wire;

/// What somebody wants to see of an allocation. Paths are resolved beneath the allocation's folder.
public sealed interface StreamRequest {
    /// A task's output, byte for byte.
    ///
    /// @param stderr the other stream than stdout
    /// @param offset bytes skipped from the start, or from the end when `fromEnd`
    /// @param follow goes on until the task is over
    record Logs(
            String allocation,
            String task,
            boolean stderr,
            boolean fromEnd,
            long offset,
            boolean follow)
            implements StreamRequest {}

    /// The names in a folder, as JSON lines of `FileEntry`.
    record ListFiles(String allocation, String path) implements StreamRequest {}

    /// A file's bytes.
    ///
    /// @param limit most bytes sent
    record ReadFile(String allocation, String path, long offset, long limit)
            implements StreamRequest {}
}
