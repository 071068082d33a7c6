package dev.drover.reconcilers.deployment;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DeploymentStatus;
import dev.drover.manifests.model.JobVersion;
import java.util.List;
import java.util.Optional;

/// What becomes of a deployment.
public sealed interface DeploymentStep {
    /// What its status says from now on; that of a promotion once the promotion is complete.
    DeploymentStatus status();

    /// It goes on as it does, or waits, or is over without anything else to do.
    record Say(DeploymentStatus status) implements DeploymentStep {}

    /// These canaries take over.
    record Promote(DeploymentStatus status, List<Allocation> canaries) implements DeploymentStep {
        /// Takes a copy of the list.
        public Promote {
            canaries = List.copyOf(canaries);
        }
    }

    /// It succeeded: its version is one to return to.
    record Succeed(DeploymentStatus status) implements DeploymentStep {}

    /// It failed.
    ///
    /// @param revert the version whose spec the job gets again
    record Fail(DeploymentStatus status, Optional<JobVersion> revert) implements DeploymentStep {}
}
