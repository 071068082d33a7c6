package dev.drover.reconcilers.periodic;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.PeriodicPolicy;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.KeptVersion;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A periodic job and what it launched.
///
/// @param kept its present version
/// @param registered when the version was
/// @param launched up to when launches are done
/// @param living a launch that is not over; any one of them
/// @param names of the jobs that it launched
public record PeriodicView(
        Job job,
        KeptVersion kept,
        PeriodicPolicy policy,
        Instant registered,
        Optional<Instant> launched,
        Optional<String> living,
        Set<String> names) {
    /// Takes a copy of the set.
    public PeriodicView {
        names = Set.copyOf(names);
    }

    /// The view of a job; empty when nothing of it is launched by the clock.
    public static Optional<PeriodicView> of(Job job, Cluster cluster) {
        Optional<KeptVersion> kept = cluster.version(job, job.status().version());
        Optional<PeriodicPolicy> policy = kept.flatMap(some -> some.effective().periodic());
        boolean dispatched =
                kept.filter(some -> some.effective().parameterized().isPresent()).isPresent();
        return policy.isEmpty() || dispatched || job.stopped()
                ? Optional.empty()
                : Optional.of(of(job, kept.get(), policy.get(), cluster));
    }

    private static PeriodicView of(
            Job job, KeptVersion kept, PeriodicPolicy policy, Cluster cluster) {
        return new PeriodicView(
                job,
                kept,
                policy,
                kept.version().metadata().creationTimestamp().orElse(Instant.EPOCH),
                job.status().launched(),
                cluster.launchedBy(job)
                        .filter(child -> child.status().phase() != JobPhase.DEAD)
                        .map(child -> child.metadata().name())
                        .findFirst(),
                cluster.launchedBy(job)
                        .map(child -> child.metadata().name())
                        .collect(Collectors.toSet()));
    }
}
