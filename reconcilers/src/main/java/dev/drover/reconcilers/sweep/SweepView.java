package dev.drover.reconcilers.sweep;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.KeptVersion;
import java.util.List;

/// A job and everything that is kept under its name.
public record SweepView(
        Job job,
        List<Allocation> allocations,
        List<Evaluation> evaluations,
        List<Deployment> deployments,
        List<JobVersion> versions) {
    /// Takes copies of the lists.
    public SweepView {
        allocations = List.copyOf(allocations);
        evaluations = List.copyOf(evaluations);
        deployments = List.copyOf(deployments);
        versions = List.copyOf(versions);
    }

    /// The view of a job.
    public static SweepView of(Job job, Cluster cluster) {
        return new SweepView(
                job,
                cluster.allocationsOf(job.name()).stream().toList(),
                cluster.evaluationsOf(job.name()).stream().toList(),
                cluster.deploymentsOf(job.name()).stream().toList(),
                cluster.versionsOf(job.name()).stream().map(KeptVersion::version).toList());
    }
}
