package dev.drover.reconcilers.drain;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A node that is drained, and what still holds room on it.
public record DrainView(DrainSpec drain, List<Share> shares) {
    /// The copies of one group that are on the node.
    ///
    /// @param spared those that may leave now: nobody misses them, or as many others serve in the
    ///   whole cluster as must
    /// @param seen what has to be as it was seen when they leave
    /// @param there those that stop already too
    public record Share(
            JobType type, List<Allocation> spared, List<Resource> seen, List<Allocation> there) {
        /// Takes copies of the lists.
        public Share {
            spared = List.copyOf(spared);
            seen = List.copyOf(seen);
            there = List.copyOf(there);
        }
    }

    /// Takes a copy of the list.
    public DrainView {
        shares = List.copyOf(shares);
    }

    /// The view of a node; empty when nobody drains it.
    public static Optional<DrainView> of(Node node, Cluster cluster, Instant now) {
        return node.spec().drain().map(drain -> new DrainView(drain, shares(node, cluster, now)));
    }

    private record Group(ResourceName job, String name) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            int byJob = job.compareTo(other.job);
            return byJob != 0 ? byJob : name.compareTo(other.name);
        }
    }

    private static List<Share> shares(Node node, Cluster cluster, Instant now) {
        Map<Group, List<Allocation>> byGroup = new TreeMap<>();
        for (Allocation held : cluster.residentsOf(node.metadata().name()).allocations()) {
            ResourceName job = new ResourceName(held.metadata().namespace(), held.spec().jobName());
            byGroup.computeIfAbsent(new Group(job, held.spec().group()), _ -> new ArrayList<>())
                    .add(held);
        }
        Set<String> emptied = emptied(node, cluster, now);
        List<Share> shares = new ArrayList<>();
        byGroup.forEach((group, there) -> {
            Optional<Job> job = cluster.job(group.job);
            JobType type =
                    job.flatMap(cluster::spec).flatMap(JobSpec::type).orElse(JobType.SERVICE);
            Spare.Spared spared =
                    type == JobType.SERVICE
                            ? new Spare(group.name, job, cluster).of(there, emptied)
                            : new Spare.Spared(List.of(), List.of());
            shares.add(new Share(type, spared.copies(), spared.seen(), there));
        });
        return shares;
    }

    /// The names of a node and of those that are emptied at the same time: all that nobody holds.
    private static Set<String> emptied(Node node, Cluster cluster, Instant now) {
        return cluster.draining().stream()
                .filter(some ->
                        some.name().equals(node.name())
                                || cluster.heldBy(Kind.NODE, some.name(), now).isEmpty())
                .map(some -> some.metadata().name())
                .collect(Collectors.toSet());
    }
}
