package dev.drover.manifests.model;

import java.time.Instant;
import java.util.Optional;

/// What is held.
///
/// @param kind of the object: a job or a node
/// @param name of the object; in the hold's own namespace, or in none
/// @param who holds it
/// @param why in a sentence
/// @param until when it is over by itself; never when absent
public record HoldSpec(Kind kind, String name, String who, String why, Optional<Instant> until) {
    /// Whether it is still in force.
    public boolean at(Instant now) {
        return until.filter(end -> !now.isBefore(end)).isEmpty();
    }
}
