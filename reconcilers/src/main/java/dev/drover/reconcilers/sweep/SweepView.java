package dev.drover.reconcilers.sweep;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.OwnerReference;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.KeptVersion;
import dev.drover.reconcilers.restart.Restart;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A job and everything that is kept under its name.
///
/// @param holds on the job
/// @param remembered by group: copies of a slot that tell when the next one comes
/// @param gone of a system job: the nodes of its copies that are no more. One that comes by such a
///   name is another one
/// @param launches whether a job is there that it launched
/// @param orphan whether the job that it belongs to is gone, in the life that it belonged to
public record SweepView(
        Job job,
        List<Allocation> allocations,
        List<Evaluation> evaluations,
        List<Deployment> deployments,
        List<JobVersion> versions,
        List<Hold> holds,
        Map<String, Integer> remembered,
        Set<String> gone,
        boolean launches,
        boolean orphan) {
    /// Takes copies of the lists.
    public SweepView {
        allocations = List.copyOf(allocations);
        evaluations = List.copyOf(evaluations);
        deployments = List.copyOf(deployments);
        versions = List.copyOf(versions);
        holds = List.copyOf(holds);
        remembered = Map.copyOf(remembered);
        gone = Set.copyOf(gone);
    }

    /// The view of a job.
    public static SweepView of(Job job, Cluster cluster) {
        return new SweepView(
                job,
                cluster.allocationsOf(job.name()).stream().toList(),
                cluster.evaluationsOf(job.name()).stream().toList(),
                cluster.deploymentsOf(job.name()).stream().toList(),
                cluster.versionsOf(job.name()).stream().map(KeptVersion::version).toList(),
                cluster.holds().stream()
                        .filter(hold -> hold.spec().kind() == Kind.JOB)
                        .filter(hold -> hold.target().equals(job.name()))
                        .toList(),
                remembered(job, cluster),
                gone(job, cluster),
                cluster.launchedBy(job).findAny().isPresent(),
                job.metadata().ownerReferences().stream()
                        .anyMatch(owner -> gone(owner, job, cluster)));
    }

    private static Map<String, Integer> remembered(Job job, Cluster cluster) {
        Map<String, Integer> remembered = new HashMap<>();
        for (TaskGroup group : cluster.spec(job).map(JobSpec::groups).orElse(List.of())) {
            group.reschedule()
                    .ifPresent(some -> remembered.put(group.name(), Restart.remembered(some)));
        }
        return remembered;
    }

    private static Set<String> gone(Job job, Cluster cluster) {
        Set<String> gone = new HashSet<>();
        if (job.type().everywhere()) {
            for (Allocation copy : cluster.allocationsOf(job.name())) {
                if (cluster.nodes().get(copy.spec().node()).isEmpty()) {
                    gone.add(copy.spec().node());
                }
            }
        }
        return gone;
    }

    /// Of other kinds no loop knows whether they are there.
    private static boolean gone(OwnerReference owner, Job job, Cluster cluster) {
        ResourceName name = new ResourceName(job.metadata().namespace(), owner.name());
        return owner.kind() == Kind.JOB
                && cluster.job(name)
                        .flatMap(there -> there.metadata().uid())
                        .filter(owner.uid()::equals)
                        .isEmpty();
    }
}
