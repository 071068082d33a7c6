package dev.drover.manifests.model;

import java.time.Instant;
import java.util.Optional;

/// One group's part of a deployment.
public record DeploymentGroup(
        int desiredTotal,
        int desiredCanaries,
        int placed,
        int healthy,
        int unhealthy,
        boolean promoted,
        Optional<Instant> requireProgressBy) {}
