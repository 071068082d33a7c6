package dev.drover.manifests.model;

import java.util.Map;

/// How far it is.
public record DeploymentStatus(
        DeploymentPhase phase, String because, Map<String, DeploymentGroup> groups) {
    public DeploymentStatus {
        groups = Copies.sorted(groups);
    }
}
