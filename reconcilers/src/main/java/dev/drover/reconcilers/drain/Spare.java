package dev.drover.reconcilers.drain;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.MigratePolicy;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.KeptVersion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which copies of a service's group can be spared while nodes are emptied.
///
/// Of all nodes that are emptied at once the copies in the lowest slots leave first, so that the
/// turns of two nodes, which may look at the same view, never let go of more than one of them may.
/// Of turns that look at different ones the second finds changed what it relies on.
final class Spare {
    private final Optional<TaskGroup> wanted;
    private final List<Allocation> copies = new ArrayList<>();
    private final Map<Integer, Boolean> reported = new HashMap<>();
    private final Cluster cluster;
    private final Optional<Job> job;

    /// Who may leave, and what has to be as it was seen when they do.
    record Spared(List<Allocation> copies, List<Resource> seen) {}

    Spare(String group, Optional<Job> job, Cluster cluster) {
        this.cluster = cluster;
        this.job = job;
        this.wanted = job.flatMap(cluster::spec).flatMap(spec -> spec.group(group));
        for (Job some : job.stream().toList()) {
            cluster.allocationsOf(some.name()).stream()
                    .filter(copy -> copy.live() && copy.spec().group().equals(group))
                    .forEach(copies::add);
        }
    }

    /// Whom of a node nobody would miss now: whoever does nothing yet, or badly, and of the others
    /// as many as the slots that are served are more than must be.
    ///
    /// @param there the group's copies on the node
    /// @param emptied the nodes that are emptied, by name
    Spared of(List<Allocation> there, Set<String> emptied) {
        int parallel =
                wanted.flatMap(TaskGroup::migrate).flatMap(MigratePolicy::maxParallel).orElse(1);
        int count = wanted.flatMap(TaskGroup::count).orElse(0);
        long served =
                copies.stream()
                        .filter(copy -> copy.spec().index() < count && serves(copy))
                        .map(copy -> copy.spec().index())
                        .distinct()
                        .count();
        List<Allocation> next =
                copies.stream()
                        .filter(copy -> works(copy) && emptied.contains(copy.spec().node()))
                        .sorted(
                                Comparator.comparingInt((Allocation copy) -> copy.spec().index())
                                        .thenComparingInt(copy -> copy.spec().attempt()))
                        .limit(Math.max(0, served - Math.max(0, count - parallel)))
                        .toList();
        return new Spared(
                there.stream()
                        .filter(Allocation::live)
                        .filter(copy -> !works(copy) || next.contains(copy))
                        .toList(),
                there.stream().anyMatch(next::contains) ? seen(there, emptied) : List.of());
    }

    /// The copies on other nodes that are emptied, which leave perhaps, and the nodes of those that
    /// serve elsewhere, which somebody begins to empty perhaps.
    private List<Resource> seen(List<Allocation> there, Set<String> emptied) {
        List<Resource> seen = new ArrayList<>();
        for (Allocation copy : copies) {
            if (!works(copy) || there.contains(copy)) {
                continue;
            }
            if (emptied.contains(copy.spec().node())) {
                seen.add(copy);
            } else {
                cluster.nodes().get(copy.spec().node()).ifPresent(seen::add);
            }
        }
        return seen;
    }

    /// Whether the copy may do what it is there for.
    private static boolean works(Allocation copy) {
        return copy.status().phase() == AllocationPhase.RUNNING
                && copy.status().healthy().orElse(true);
    }

    /// Whether it is known to: where its node will say so, nobody believes it before.
    private boolean serves(Allocation copy) {
        return works(copy)
                && (copy.status().healthy().isPresent()
                        || !reported.computeIfAbsent(copy.spec().jobVersion(), _ -> reports(copy)));
    }

    private boolean reports(Allocation copy) {
        return job.flatMap(some -> cluster.version(some, copy.spec().jobVersion()))
                .map(KeptVersion::effective)
                .flatMap(spec -> spec.group(copy.spec().group()))
                .filter(group -> group.update().isPresent() || group.migrate().isPresent())
                .filter(group ->
                        group.update()
                                .flatMap(UpdatePolicy::healthCheck)
                                .filter("manual"::equals)
                                .isEmpty())
                .isPresent();
    }
}
