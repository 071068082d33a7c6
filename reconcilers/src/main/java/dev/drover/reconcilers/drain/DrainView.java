package dev.drover.reconcilers.drain;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.MigratePolicy;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.reconcilers.cluster.Cluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A node that is drained, and what still holds room on it.
public record DrainView(DrainSpec drain, List<Share> shares) {
    /// The copies of one group that are on the node.
    ///
    /// @param spare how many of the group's copies may be missing now: those that serve in the
    ///   whole cluster, less those that must
    /// @param there in the order of their slots; those that stop already too
    public record Share(JobType type, int spare, List<Allocation> there) {
        /// Takes a copy of the list.
        public Share {
            there = List.copyOf(there);
        }
    }

    /// Takes a copy of the list.
    public DrainView {
        shares = List.copyOf(shares);
    }

    /// The view of a node; empty when nobody drains it.
    public static Optional<DrainView> of(Node node, Cluster cluster) {
        return node.spec().drain().map(drain -> new DrainView(drain, shares(node, cluster)));
    }

    private record Group(ResourceName job, String name) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            int byJob = job.compareTo(other.job);
            return byJob != 0 ? byJob : name.compareTo(other.name);
        }
    }

    private static List<Share> shares(Node node, Cluster cluster) {
        Map<Group, List<Allocation>> byGroup = new TreeMap<>();
        for (Allocation held : cluster.residentsOf(node.metadata().name()).allocations()) {
            ResourceName job = new ResourceName(held.metadata().namespace(), held.spec().jobName());
            byGroup.computeIfAbsent(new Group(job, held.spec().group()), _ -> new ArrayList<>())
                    .add(held);
        }
        List<Share> shares = new ArrayList<>();
        byGroup.forEach((group, there) -> shares.add(share(group, there, cluster)));
        return shares;
    }

    private static Share share(Group group, List<Allocation> there, Cluster cluster) {
        Optional<Job> job = cluster.job(group.job);
        Optional<JobSpec> spec = job.flatMap(cluster::spec);
        Optional<TaskGroup> wanted = spec.flatMap(s -> s.group(group.name));
        JobType type = spec.flatMap(JobSpec::type).orElse(JobType.SERVICE);
        int parallel =
                wanted.flatMap(TaskGroup::migrate).flatMap(MigratePolicy::maxParallel).orElse(1);
        int serving =
                (int)
                        cluster.allocationsOf(group.job).stream()
                                .filter(copy -> copy.spec().group().equals(group.name))
                                .filter(DrainView::serves)
                                .count();
        int must = wanted.flatMap(TaskGroup::count).orElse(0) - parallel;
        return new Share(type, Math.max(0, serving - Math.max(0, must)), there);
    }

    /// Whether the copy does what it is there for.
    static boolean serves(Allocation copy) {
        return copy.live()
                && copy.status().phase() == AllocationPhase.RUNNING
                && copy.status().healthy().orElse(true);
    }
}
