package dev.drover.reconcilers.deployment;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.DeploymentSpec;
import dev.drover.manifests.model.DeploymentStatus;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.counting.Slot;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How deployments are named and how they begin. The placer begins one together with its first
/// decision about a version, so that no copy of a version is ever without it.
public final class Deployments {
    /// What there is to do for a group.
    ///
    /// @param wanted copies of the new version
    /// @param outdated copies of older ones that have to be replaced
    public record Scope(int wanted, int outdated) {}

    private Deployments() {}

    /// The only one of a version of a job's life.
    public static String name(String jobUid, int version) {
        return Slot.hash("deployment\n" + jobUid + '\n' + version);
    }

    /// The deployment of the job's version, if it has begun.
    public static Optional<Deployment> of(Job job, Cluster cluster) {
        String uid = job.metadata().uid().orElse("");
        return cluster.deploymentsOf(job.name()).get(name(uid, job.status().version()));
    }

    /// What the deployment of the job's version waits for, when only somebody who promotes its
    /// canaries can take it further.
    public static Optional<String> waitsForPeople(Job job, Cluster cluster, Instant now) {
        return of(job, cluster)
                .filter(some -> some.status().phase() == DeploymentPhase.RUNNING)
                .filter(some ->
                        DeploymentView.of(job, some, cluster, now).groups().stream()
                                .anyMatch(Rolling::waitsForPeople))
                .map(some -> some.status().because());
    }

    /// The groups whose updates are watched.
    public static List<TaskGroup> groups(JobSpec spec) {
        JobType type = spec.type().orElse(JobType.SERVICE);
        if (type != JobType.SERVICE && type != JobType.SYSTEM) {
            return List.of();
        }
        return spec.groups().stream().filter(group -> maxParallel(group) > 0).toList();
    }

    private static int maxParallel(TaskGroup group) {
        return group.update().flatMap(UpdatePolicy::maxParallel).orElse(0);
    }

    /// A deployment of the job's version; empty when nobody wants its update watched.
    public static Optional<Deployment> begin(
            Job job, JobSpec spec, SortedMap<String, Scope> scopes, Instant now) {
        List<TaskGroup> watched = groups(spec);
        if (watched.isEmpty()) {
            return Optional.empty();
        }
        SortedMap<String, DeploymentGroup> groups = new TreeMap<>();
        for (TaskGroup group : watched) {
            UpdatePolicy policy = group.update().orElseThrow();
            Scope scope = scopes.getOrDefault(group.name(), new Scope(0, 0));
            int canaries = canaries(spec, policy, scope);
            groups.put(
                    group.name(),
                    new DeploymentGroup(
                            scope.wanted,
                            canaries,
                            0,
                            0,
                            0,
                            canaries == 0,
                            progress(policy).map(now::plus)));
        }
        String uid = job.metadata().uid().orElse("");
        String name = name(uid, job.status().version());
        return Optional.of(
                new Deployment(
                        Metadata.named(job.metadata().namespace(), name).born(name, now),
                        DeploymentSpec.of(job.metadata().name(), uid, job.status().version()),
                        new DeploymentStatus(
                                DeploymentPhase.RUNNING,
                                "it has just begun",
                                groups,
                                first(groups),
                                Optional.empty())));
    }

    /// The deployment as it stands after a turn of the placer, which writes it with what it did:
    /// the loop of deployments would write nothing else behind it. Where there is more to do than
    /// to say so, it is left to that loop.
    ///
    /// @param job with its status after the turn
    /// @param copies of the job, after the turn
    public static Deployment after(
            Deployment deployment, Job job, List<Allocation> copies, Cluster cluster, Instant now) {
        if (deployment.status().phase() != DeploymentPhase.RUNNING) {
            return deployment;
        }
        DeploymentView view = DeploymentView.of(job, deployment, copies, cluster, now);
        return Rolling.next(view, now) instanceof DeploymentStep.Say(DeploymentStatus status)
                        && status.phase() == DeploymentPhase.RUNNING
                ? deployment.withStatus(status)
                : deployment;
    }

    /// None without something to compare them with. Of a system job they are per cent of the nodes
    /// on which something is to be replaced, and never more than may be replaced at once.
    private static int canaries(JobSpec spec, UpdatePolicy policy, Scope scope) {
        int asked = policy.canary().orElse(0);
        if (scope.outdated == 0 || asked == 0) {
            return 0;
        }
        if (spec.type().filter(type -> type == JobType.SYSTEM).isEmpty()) {
            return Math.min(asked, scope.wanted);
        }
        int share = Math.ceilDiv(Math.min(asked, 100) * scope.outdated, 100);
        return Math.min(share, policy.maxParallel().orElse(1));
    }

    /// How long it may take for one more copy to become healthy; empty for no limit.
    static Optional<Duration> progress(UpdatePolicy policy) {
        return policy.progressDeadline().filter(Duration::isPositive);
    }

    /// The nearest deadline.
    static Optional<Instant> first(Map<String, DeploymentGroup> groups) {
        return groups.values().stream()
                .flatMap(group -> group.requireProgressBy().stream())
                .min(Comparator.naturalOrder());
    }
}
