package dev.drover.node.task;

import java.time.Instant;
import java.util.Optional;

/// The restarts of a task that count for its policy: those since `windowStart`.
///
/// @param windowStart absent before the first
public record Restarts(Optional<Instant> windowStart, int inWindow) {
    /// None yet.
    public static final Restarts NONE = new Restarts(Optional.empty(), 0);
}
