package dev.drover.manifests.wire;

import java.util.List;
import java.util.Optional;

/// What somebody wants to see of an allocation. Paths are resolved beneath the allocation's folder.
public sealed interface StreamRequest {
    /// A task's output, byte for byte.
    ///
    /// @param stderr the other stream than stdout
    record Logs(String allocation, String task, boolean stderr, LogPart part)
            implements StreamRequest {}

    /// The names in a folder, as JSON lines of `FileEntry`.
    record ListFiles(String allocation, String path) implements StreamRequest {}

    /// What a file or folder is: a `FileEntry`.
    record StatFile(String allocation, String path) implements StreamRequest {}

    /// A file's bytes.
    ///
    /// @param limit most bytes sent
    /// @param follow on to what is written later, without a limit, until the allocation has ended
    record ReadFile(String allocation, String path, long offset, long limit, boolean follow)
            implements StreamRequest {}

    /// What tasks use, as JSON lines of `TaskUsage`.
    ///
    /// @param allocation whose tasks; those of the whole node when absent
    /// @param history the last hour too, oldest first
    record Stats(Optional<String> allocation, boolean history) implements StreamRequest {}

    /// A command beside a running task, in the same surroundings. Answered by `ExecFrame`s; its
    /// input comes as `StreamInput`.
    ///
    /// @param terminal the size of the one it gets; pipes when absent
    record Exec(
            String allocation, String task, List<String> command, Optional<TerminalSize> terminal)
            implements StreamRequest {
        public Exec {
            command = List.copyOf(command);
        }
    }

    /// What an allocation leaves to its next copy on another node, once it has ended: entries as
    /// `DataEntry` has them.
    record Leave(String allocation) implements StreamRequest {}

    /// The same on its way in: the answer to a `Fetch`. It comes as `StreamInput`; the stream ends
    /// when all of it is in its place.
    ///
    /// @param refused why nothing comes
    record Take(String allocation, Optional<String> refused) implements StreamRequest {}
}
