package dev.drover.manifests.model;

import java.util.Optional;

/// How a task's output is kept: `maxFiles` files of `maxFileSizeMib` for each of stdout and stderr.
public record LogConfig(
        Optional<Integer> maxFiles, Optional<Integer> maxFileSizeMib, Optional<Boolean> disabled) {}
