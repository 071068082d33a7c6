package dev.drover.manifests.model;

import java.util.Optional;

/// How a task's output is kept: `maxFiles` files of `maxFileSizeMib` for each of stdout and stderr.
///
/// @param maxFiles old files that are kept beside the newest
/// @param maxFileSizeMib when a new file is begun
/// @param disabled whether the output is thrown away
/// @param enabled nothing any more: `disabled` took its place
public record LogConfig(
        Optional<Integer> maxFiles,
        Optional<Integer> maxFileSizeMib,
        Optional<Boolean> disabled,
        Optional<Boolean> enabled) {}
