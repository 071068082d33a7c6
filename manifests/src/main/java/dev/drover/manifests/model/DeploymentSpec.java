package dev.drover.manifests.model;

import java.util.List;

/// What people may ask of a deployment.
public record DeploymentSpec(
        String jobName, String jobUid, int jobVersion, boolean paused, List<String> promoted) {
    public DeploymentSpec {
        promoted = List.copyOf(promoted);
    }
}
