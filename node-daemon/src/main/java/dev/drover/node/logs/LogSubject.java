package dev.drover.node.logs;

import java.nio.file.Path;

/// The output of one task, as its node keeps it.
///
/// @param name what the names of its files begin with
/// @param runs holds a folder for each run
/// @param over whether its allocation has ended and its last byte is written
public record LogSubject(LogFolder folder, String name, Path runs, boolean over) {}
