package dev.drover.node.supervision;

import java.nio.file.Path;

/// Where a task's output goes: files `TASK.stdout.N` and `TASK.stderr.N` in `folder`.
///
/// @param bytesMax of one file; a line that is longer is cut
/// @param filesMax kept of each stream
public record LogPlace(Path folder, String task, long bytesMax, int filesMax) {}
