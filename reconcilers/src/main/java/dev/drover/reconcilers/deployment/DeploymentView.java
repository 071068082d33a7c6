package dev.drover.reconcilers.deployment;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.GroupSummary;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.KeptVersion;
import dev.drover.reconcilers.counting.Rollout;
import dev.drover.reconcilers.counting.Slot;
import dev.drover.reconcilers.restart.RestartView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// A deployment and everything that its next step depends on.
///
/// @param versions of the job's present life, of which one may be returned to
public record DeploymentView(
        Job job, Deployment deployment, List<Group> groups, List<JobVersion> versions) {
    /// How a group fares.
    ///
    /// @param policy its update policy
    /// @param known what the deployment's status says of it
    /// @param summary what the placer says of it; empty while it has not looked yet
    /// @param copies of the deployment's version that are wanted
    /// @param failed the failed copies that held their slots last, with those that failed before
    /// @param others how many live copies are of another version, and could be replaced
    /// @param behind how many more there are of a system job, on nodes that are closed: nothing
    ///   could follow one there
    public record Group(
            String name,
            UpdatePolicy policy,
            DeploymentGroup known,
            Optional<GroupSummary> summary,
            Copies copies,
            List<RestartView> failed,
            int others,
            int behind) {
        /// Takes a copy of the list.
        public Group {
            failed = List.copyOf(failed);
        }
    }

    /// The copies of the deployment's version that are wanted, over or not.
    ///
    /// @param healthy the slots that have a healthy one
    /// @param proven those of them that have a canary, or what needs none: the first slots, or any
    ///   nodes of a system job
    /// @param ill copies that run and are not healthy, and failed ones
    /// @param waited copies of which nobody can say yet
    /// @param canaries those that are tried beside others, over or not
    public record Copies(
            int live,
            int healthy,
            int proven,
            List<Allocation> ill,
            List<Allocation> waited,
            List<Allocation> canaries) {
        /// Takes copies of the lists.
        public Copies {
            ill = List.copyOf(ill);
            waited = List.copyOf(waited);
            canaries = List.copyOf(canaries);
        }
    }

    /// Takes copies of the lists.
    public DeploymentView {
        groups = List.copyOf(groups);
        versions = List.copyOf(versions);
    }

    /// The view of a deployment of the job.
    public static DeploymentView of(Job job, Deployment deployment, Cluster cluster, Instant now) {
        return of(job, deployment, cluster.allocationsOf(job.name()), cluster, now);
    }

    /// The same with these copies of the job instead of the cluster's.
    static DeploymentView of(
            Job job,
            Deployment deployment,
            Iterable<Allocation> copies,
            Cluster cluster,
            Instant now) {
        String uid = deployment.spec().jobUid();
        List<JobVersion> versions =
                cluster.versionsOf(job.name()).stream()
                        .map(KeptVersion::version)
                        .filter(version -> version.spec().jobUid().equals(uid))
                        .toList();
        Optional<JobSpec> spec =
                cluster.version(job, deployment.spec().jobVersion()).map(KeptVersion::effective);
        List<Allocation> ours = new ArrayList<>();
        for (Allocation copy : copies) {
            if (copy.spec().jobUid().equals(uid)) {
                ours.add(copy);
            }
        }
        Predicate<Allocation> closed =
                copy -> job.type().everywhere() && cluster.closed(copy.spec().node(), now);
        List<Group> groups = new ArrayList<>();
        for (TaskGroup group : spec.map(Deployments::groups).orElse(List.of())) {
            DeploymentGroup known = deployment.status().groups().get(group.name());
            if (known != null) {
                groups.add(group(job, new Part(deployment, known, closed), group, ours));
            }
        }
        return new DeploymentView(job, deployment, groups, versions);
    }

    /// A deployment, what it says of one group, and whether the node of a copy takes nothing new,
    /// so that it does not wait for it to be replaced. Nor does it for a copy on a silent node,
    /// which stops when that comes back.
    private record Part(
            Deployment deployment, DeploymentGroup known, Predicate<Allocation> closed) {}

    private static Group group(Job job, Part part, TaskGroup group, List<Allocation> ofJob) {
        Deployment deployment = part.deployment;
        UpdatePolicy policy = group.update().orElseThrow();
        boolean seen = job.status().observedGeneration() == job.metadata().generation();
        int version = deployment.spec().jobVersion();
        List<Allocation> ours = new ArrayList<>();
        List<Allocation> mine = new ArrayList<>();
        int others = 0;
        int behind = 0;
        for (Allocation copy : ofJob) {
            if (copy.spec().group().equals(group.name())) {
                ours.add(copy);
                if (copy.spec().jobVersion() != version) {
                    boolean stays = copy.live() && copy.status().phase() != AllocationPhase.UNKNOWN;
                    boolean closed = stays && part.closed.test(copy);
                    behind += closed ? 1 : 0;
                    others += stays && !closed ? 1 : 0;
                } else if (copy.spec().desired() == DesiredState.RUN) {
                    mine.add(copy);
                }
            }
        }
        JobType type = job.spec().type().orElse(JobType.SERVICE);
        return new Group(
                group.name(),
                policy,
                part.known,
                Optional.ofNullable(job.status().groups().get(group.name())).filter(_ -> seen),
                copies(
                        mine,
                        Rollout.of(policy, deployment, group.name()).health(),
                        type,
                        part.known),
                failed(group, ours, type, version),
                others,
                behind);
    }

    private static Copies copies(
            List<Allocation> mine, Rollout.Health health, JobType type, DeploymentGroup known) {
        Function<Allocation, Slot> slot = Slot.slots(type);
        Set<Slot> healthy = new HashSet<>();
        Set<Slot> proven = new HashSet<>();
        List<Allocation> ill = new ArrayList<>();
        List<Allocation> waited = new ArrayList<>();
        List<Allocation> canaries = new ArrayList<>();
        int live = 0;
        for (Allocation copy : mine) {
            live += copy.live() ? 1 : 0;
            if (copy.spec().canary()) {
                canaries.add(copy);
            }
            boolean runs = copy.status().phase() == AllocationPhase.RUNNING;
            Optional<Boolean> said = health.of(copy);
            if (copy.status().phase() == AllocationPhase.FAILED || (runs && !said.orElse(true))) {
                ill.add(copy);
            } else if (runs && said.orElse(false)) {
                healthy.add(slot.apply(copy));
                if (type == JobType.SYSTEM || copy.spec().index() < known.desiredCanaries()) {
                    proven.add(slot.apply(copy));
                }
            } else if (copy.live()) {
                waited.add(copy);
            }
        }
        return new Copies(live, healthy.size(), proven.size(), ill, waited, canaries);
    }

    private static List<RestartView> failed(
            TaskGroup group, List<Allocation> ours, JobType type, int version) {
        if (ours.stream().noneMatch(copy -> failed(copy, version))) {
            return List.of(); // as nearly always, and there may be thousands
        }
        List<RestartView> failed = new ArrayList<>();
        for (List<Allocation> slot : Slot.newestFirst(ours, Slot.slots(type)).values()) {
            for (List<Allocation> lane : Slot.lanes(slot)) {
                if (failed(Slot.last(lane), version)) {
                    failed.add(RestartView.of(group.reschedule(), lane));
                }
            }
        }
        return failed;
    }

    private static boolean failed(Allocation copy, int version) {
        return copy.status().phase() == AllocationPhase.FAILED
                && copy.spec().jobVersion() == version
                && copy.spec().desired() == DesiredState.RUN;
    }
}
