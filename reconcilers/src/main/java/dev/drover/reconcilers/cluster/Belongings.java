package dev.drover.reconcilers.cluster;

import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.Job;
import java.util.Optional;

/// A job and what belongs to it, each by its own name: one search finds all that a loop looks at.
///
/// @param job empty when there is none (any more)
/// @param allocations terminal ones too while the store keeps them
/// @param evaluations without the lists of what they placed, stopped and refused
public record Belongings(
        Optional<Job> job,
        Sorted<String, KeptVersion> versions,
        Allocations allocations,
        Sorted<String, Evaluation> evaluations,
        Sorted<String, Deployment> deployments) {
    private static final Belongings NOTHING =
            new Belongings(
                    Optional.empty(),
                    Sorted.empty(),
                    Allocations.none(),
                    Sorted.empty(),
                    Sorted.empty());

    static Belongings nothing() {
        return NOTHING;
    }

    boolean isEmpty() {
        return job.isEmpty()
                && versions.isEmpty()
                && allocations.isEmpty()
                && evaluations.isEmpty()
                && deployments.isEmpty();
    }

    Belongings withJob(Optional<Job> now) {
        return new Belongings(now, versions, allocations, evaluations, deployments);
    }

    Belongings withVersions(Sorted<String, KeptVersion> now) {
        return new Belongings(job, now, allocations, evaluations, deployments);
    }

    Belongings withAllocations(Allocations now) {
        return new Belongings(job, versions, now, evaluations, deployments);
    }

    Belongings withEvaluations(Sorted<String, Evaluation> now) {
        return new Belongings(job, versions, allocations, now, deployments);
    }

    Belongings withDeployments(Sorted<String, Deployment> now) {
        return new Belongings(job, versions, allocations, evaluations, now);
    }
}
