package dev.drover.manifests.model;

import java.time.Instant;
import java.util.Optional;

/// How a node is emptied.
///
/// @param deadline after which everything that is left is stopped; none when absent
/// @param ignoreSystem whether jobs that run on every node stay
public record DrainSpec(Optional<Instant> deadline, boolean ignoreSystem) {}
