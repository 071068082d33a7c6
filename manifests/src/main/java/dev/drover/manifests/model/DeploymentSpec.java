package dev.drover.manifests.model;

import java.util.List;
import java.util.Map;

/// What people may ask of a deployment.
///
/// @param jobName the job
/// @param jobUid its life: another one after it was deleted and created again
/// @param jobVersion the version that is deployed
/// @param paused nothing new begins until somebody resumes it
/// @param promoted groups whose canaries somebody wants to take over; the loop answers in the
///   status, and does not before they are healthy
/// @param failed somebody wants it given up
/// @param health what somebody says of single allocations, by id; it counts for more than what
///   their node says, and alone where `health_check` is `manual`
public record DeploymentSpec(
        String jobName,
        String jobUid,
        int jobVersion,
        boolean paused,
        List<String> promoted,
        boolean failed,
        Map<String, Boolean> health) {
    public DeploymentSpec {
        promoted = List.copyOf(promoted);
        health = Copies.sorted(health);
    }

    /// Nothing is asked yet.
    public static DeploymentSpec of(String jobName, String jobUid, int jobVersion) {
        return new DeploymentSpec(jobName, jobUid, jobVersion, false, List.of(), false, Map.of());
    }
}
