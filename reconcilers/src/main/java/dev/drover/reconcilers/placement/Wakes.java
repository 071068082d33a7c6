package dev.drover.reconcilers.placement;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.GitSource;
import dev.drover.manifests.model.GroupSummary;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Namespace;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.manifests.model.Variable;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Whom the placer should look at after something changed. Jobs that wait for a place are woken
/// only by what would give them one: an exit that makes room for one wakes one.
public final class Wakes {
    private Wakes() {}

    /// The jobs that may have to be decided anew.
    ///
    /// @param cluster a view that has the changes
    public static Set<ResourceName> of(List<ClusterChange> changes, Cluster cluster) {
        Set<ResourceName> jobs = new TreeSet<>();
        Set<String> roomier = new HashSet<>();
        boolean otherNodes = false;
        for (ClusterChange change : changes) {
            switch (change.newest()) {
                case Job _, JobVersion _ -> Cluster.jobOf(change.newest()).ifPresent(jobs::add);
                case Allocation copy -> {
                    if (matters(change)) {
                        Cluster.jobOf(copy).ifPresent(jobs::add);
                    }
                    if (gaveBack(change)) {
                        roomier.add(copy.spec().node());
                    }
                }
                case Node node -> {
                    if (other(change)) {
                        roomier.add(node.metadata().name());
                        otherNodes = true;
                    }
                }
                case Evaluation _, Deployment _, Variable _, Namespace _, GitSource _ -> {}
            }
        }
        jobs.addAll(helped(cluster, roomier));
        if (otherNodes) {
            cluster.jobs().stream().filter(Wakes::everywhere).map(Job::name).forEach(jobs::add);
        }
        return jobs;
    }

    /// Not what its tasks tell on the way.
    private static boolean matters(ClusterChange change) {
        if (change.before().isEmpty() || change.after().isEmpty()) {
            return true;
        }
        Allocation before = (Allocation) change.before().get();
        Allocation after = (Allocation) change.after().get();
        return before.status().phase() != after.status().phase()
                || !before.status().healthy().equals(after.status().healthy())
                || !before.spec().equals(after.spec());
    }

    private static boolean gaveBack(ClusterChange change) {
        boolean held = change.before().map(a -> ((Allocation) a).occupies()).orElse(false);
        boolean holds = change.after().map(a -> ((Allocation) a).occupies()).orElse(false);
        return held && !holds;
    }

    /// Not only the number of its last report.
    private static boolean other(ClusterChange change) {
        return !change.before().map(Wakes::quiet).equals(change.after().map(Wakes::quiet));
    }

    private static Node quiet(Resource node) {
        Node some = (Node) node;
        return some.withMetadata(some.metadata().at("")).withStatus(some.status().reported(0));
    }

    private static boolean everywhere(Job job) {
        JobType type = job.spec().type().orElse(JobType.SERVICE);
        return type == JobType.SYSTEM || type == JobType.SYSBATCH;
    }

    /// Of the jobs that wait, those that find a place on one of these nodes: the most urgent first,
    /// each taking what it needs from those behind it.
    private static List<ResourceName> helped(Cluster cluster, Set<String> nodes) {
        if (nodes.isEmpty() || cluster.waiting().isEmpty()) {
            return List.of();
        }
        Room room = Room.of(cluster, nodes);
        List<ResourceName> helped = new ArrayList<>();
        cluster.waiting().stream()
                .sorted(
                        Comparator.comparingInt((Job job) ->
                                        -job.spec().priority().orElse(JobTurn.PRIORITY))
                                .thenComparing(Job::name))
                .forEach(job -> {
                    if (helps(job, cluster, room)) {
                        helped.add(job.name());
                    }
                });
        return helped;
    }

    private static boolean helps(Job job, Cluster cluster, Room room) {
        Optional<JobSpec> spec = cluster.spec(job);
        boolean helps = false;
        for (TaskGroup group : spec.map(JobSpec::groups).orElse(List.of())) {
            GroupSummary summary = job.status().groups().get(group.name());
            if (summary == null || summary.queued() == 0) {
                continue;
            }
            Ask ask = Ask.of(spec.get(), group);
            Siblings siblings =
                    new Siblings(
                            room,
                            group.name(),
                            cluster.allocationsOf(job.name()),
                            Siblings.properties(ask));
            for (int copy = 0; copy < summary.queued(); copy++) {
                if (Scheduler.find(ask, room, siblings, Optional.empty(), copy).isEmpty()) {
                    break;
                }
                helps = true;
            }
        }
        return helps;
    }
}
