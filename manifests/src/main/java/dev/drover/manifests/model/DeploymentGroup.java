package dev.drover.manifests.model;

import java.time.Instant;
import java.util.Optional;

/// One group's part of a deployment.
///
/// @param desiredTotal copies of the new version that are wanted
/// @param desiredCanaries how many of them are tried first; 0 when there is nothing to compare with
/// @param placed copies of the new version that exist and are not over
/// @param healthy those that are healthy
/// @param unhealthy those that are not, or failed
/// @param promoted whether the canaries took over; true when none are wanted
/// @param requireProgressBy when it fails unless one more copy becomes healthy before
public record DeploymentGroup(
        int desiredTotal,
        int desiredCanaries,
        int placed,
        int healthy,
        int unhealthy,
        boolean promoted,
        Optional<Instant> requireProgressBy) {}
