package dev.drover.node.task;

import java.time.Instant;
import java.util.Optional;

/// The restarts of a task that count for its policy: those since `windowStart`.
///
/// @param windowStart absent before the first
/// @param lackingSince since when its machine has had too little to start it; absent when it has
///   enough
public record Restarts(
        Optional<Instant> windowStart, int inWindow, Optional<Instant> lackingSince) {
    /// None yet.
    public static final Restarts NONE = new Restarts(Optional.empty(), 0);

    /// On a machine that has enough.
    public Restarts(Optional<Instant> windowStart, int inWindow) {
        this(windowStart, inWindow, Optional.empty());
    }

    /// The same on a machine that has too little.
    Restarts lacking(Instant since) {
        return new Restarts(windowStart, inWindow, Optional.of(since));
    }

    /// The same on a machine that has enough.
    Restarts enough() {
        return new Restarts(windowStart, inWindow);
    }
}
