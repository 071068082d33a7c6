package dev.drover.manifests.model;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// How far it is.
///
/// @param phase how far it is
/// @param because what it waits for, or how it ended, in a sentence
/// @param groups how far each group is
/// @param until when time alone will change that: the nearest deadline
/// @param finished when it ended, however it did
public record DeploymentStatus(
        DeploymentPhase phase,
        String because,
        Map<String, DeploymentGroup> groups,
        Optional<Instant> until,
        Optional<Instant> finished) {
    public DeploymentStatus {
        groups = Copies.sorted(groups);
    }
}
