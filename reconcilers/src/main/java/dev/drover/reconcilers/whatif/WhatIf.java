package dev.drover.reconcilers.whatif;

import dev.drover.manifests.defaults.Defaults;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.GroupSummary;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.JobVersionSpec;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.absence.AbsenceReconciler;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.cluster.ClusterFeed;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import dev.drover.reconcilers.deployment.Deployments;
import dev.drover.reconcilers.drain.DrainReconciler;
import dev.drover.reconcilers.placement.Why;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// What would move where, and what would have no place, after a change that nobody has made yet.
/// The loops decide it on a view of their own, so as long as nobody writes in between it is what
/// they will do.
///
/// @param moves in the order in which they would begin
/// @param without by job: what has no place afterwards and had one before; of nodes that are added,
///   whatever they do not help
/// @param left what would still be on the drained nodes in the end, `job.group[index]`
/// @param waits by job: what would only go on once somebody promotes its canaries
public record WhatIf(
        List<Move> moves,
        Map<String, List<Why>> without,
        List<String> left,
        Map<String, String> waits) {
    /// A copy that is somewhere else afterwards.
    ///
    /// @param title `job.group[index]`
    /// @param from a node; empty for one that was nowhere
    /// @param to a node; empty for one that ends
    /// @param step from 1: those of one step begin at once, when those of the steps before are over
    /// @param late whether it begins only at the deadline of the drain
    public record Move(String title, String from, String to, int step, boolean late) {}

    /// Rounds of loops, placer and nodes: a drained node empties in as many as the largest of its
    /// groups has copies there, where a job spares one at a time.
    private static final int ROUNDS_MAX = 10_000;

    /// Takes copies of the collections.
    public WhatIf {
        moves = List.copyOf(moves);
        without = new TreeMap<>(without);
        left = List.copyOf(left);
        waits = new TreeMap<>(waits);
    }

    /// If these nodes were gone.
    public static WhatIf lose(Set<String> nodes, Cluster cluster, Instant now) {
        Fork fork = new Fork(cluster, now);
        change(fork, nodes, n -> n.withStatus(gone(n.status())));
        settle(fork, nodes, Optional.of(new AbsenceReconciler()));
        return seen(fork, cluster, List.of());
    }

    /// If these nodes were emptied: first as far as their jobs can spare copies, and at the
    /// deadline of everything.
    public static WhatIf drain(Set<String> nodes, DrainSpec drain, Cluster cluster, Instant now) {
        Fork fork = new Fork(cluster, now);
        Reconciler loop = new DrainReconciler();
        nodes.forEach(fork::prove);
        change(fork, nodes, n -> n.withSpec(new NodeSpec(false, Optional.of(drain))));
        settle(fork, nodes, Optional.of(loop));
        if (drain.deadline().filter(now::isBefore).isPresent()) {
            fork.at(drain.deadline().get());
            settle(fork, nodes, Optional.of(loop));
        }
        List<String> left = new ArrayList<>();
        for (String node : new TreeSet<>(nodes)) {
            fork.cluster().residentsOf(node).allocations().forEach(a -> left.add(a.title()));
        }
        return seen(fork, cluster, left);
    }

    /// If these nodes were there too.
    public static WhatIf add(List<Node> nodes, Cluster cluster, Instant now) {
        Fork fork = new Fork(cluster, now);
        nodes.forEach(fork::add);
        settle(fork, Set.of(), Optional.empty());
        WhatIf then = seen(fork, cluster, List.of());
        return new WhatIf(then.moves, without(fork, _ -> true), then.left, then.waits);
    }

    /// If the job were as it is here.
    ///
    /// @param job as admission would store it
    public static WhatIf run(Job job, Cluster cluster, Instant now) {
        Fork fork = new Fork(cluster, now);
        fork.write(admission(job, cluster, now));
        settle(fork, Set.of(), Optional.empty());
        return seen(fork, cluster, List.of());
    }

    /// The cluster after a job was admitted.
    ///
    /// @param job as admission would store it
    public static Cluster admitted(Job job, Cluster cluster, Instant now) {
        Job seen = job.withMetadata(job.metadata().at(cluster.revision().next().toString()));
        return ClusterFeed.apply(cluster, admission(seen, cluster, now), cluster.revision().next());
    }

    private static List<ClusterChange> admission(Job job, Cluster cluster, Instant now) {
        List<ClusterChange> changes = new ArrayList<>();
        if (cluster.version(job, job.status().version()).isEmpty()) {
            JobVersion version = version(job, now);
            String revision = cluster.revision().next().toString();
            changes.add(ClusterChange.added(version.withMetadata(version.metadata().at(revision))));
        }
        changes.add(
                cluster.job(job.name())
                        .map(before -> ClusterChange.changed(before, job))
                        .orElseGet(() -> ClusterChange.added(job)));
        return changes;
    }

    private static JobVersion version(Job job, Instant now) {
        String uid = job.metadata().uid().orElseThrow();
        int number = job.status().version();
        return new JobVersion(
                Metadata.named(job.metadata().namespace(), JobVersion.nameOf(uid, number))
                        .born("planned", now),
                new JobVersionSpec(
                        job.metadata().name(),
                        uid,
                        number,
                        Defaults.LEVEL,
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        job.spec()));
    }

    /// Silent for so long that nobody waits for it any more.
    private static NodeStatus gone(NodeStatus status) {
        return status.in(NodePhase.DOWN, "what if", Instant.EPOCH)
                .since(Optional.of(Instant.EPOCH));
    }

    private static void change(Fork fork, Set<String> nodes, UnaryOperator<Node> change) {
        for (String name : new TreeSet<>(nodes)) {
            fork.cluster()
                    .nodes()
                    .get(name)
                    .ifPresent(node -> fork.replace(node, change.apply(node)));
        }
    }

    /// Loop, placer and nodes take turns until nothing moves any more.
    private static void settle(Fork fork, Set<String> nodes, Optional<Reconciler> loop) {
        SortedSet<String> names = new TreeSet<>(nodes);
        boolean moved = true;
        for (int round = 0; round < ROUNDS_MAX && moved; round++) {
            moved = false;
            fork.step();
            for (String name : names) {
                moved |= loop.filter(some -> turn(fork, name, some)).isPresent();
            }
            fork.place();
            moved |= fork.obeyed();
            moved |= fork.deployed();
        }
    }

    private static boolean turn(Fork fork, String name, Reconciler loop) {
        Optional<Node> node = fork.cluster().nodes().get(name);
        if (node.isEmpty()) {
            return false;
        }
        Decision decision = loop.decide(node.get().name(), fork.cluster(), fork.now());
        fork.apply(decision);
        return !decision.actions().isEmpty();
    }

    private static WhatIf seen(Fork fork, Cluster before, List<String> left) {
        Predicate<Job> worse =
                job -> queued(job) > before.job(job.name()).map(WhatIf::queued).orElse(0);
        return new WhatIf(Moves.of(fork, before), without(fork, worse), left, waits(fork, before));
    }

    private static Map<String, List<Why>> without(Fork fork, Predicate<Job> which) {
        Map<String, List<Why>> without = new TreeMap<>();
        for (Job job : fork.cluster().waiting()) {
            if (which.test(job)) {
                without.put(job.name().toString(), Why.of(job.name(), fork.cluster(), fork.now()));
            }
        }
        return without;
    }

    /// Deployments that came to a halt before canaries, and had not before.
    private static Map<String, String> waits(Fork fork, Cluster before) {
        Map<String, String> waits = new TreeMap<>();
        for (ResourceName name : fork.deployments()) {
            boolean waited =
                    before.job(name)
                            .flatMap(job -> Deployments.waitsForPeople(job, before, fork.now()))
                            .isPresent();
            fork.cluster()
                    .job(name)
                    .flatMap(job -> Deployments.waitsForPeople(job, fork.cluster(), fork.now()))
                    .filter(_ -> !waited)
                    .ifPresent(because -> waits.put(name.toString(), because));
        }
        return waits;
    }

    private static int queued(Job job) {
        return job.status().groups().values().stream().mapToInt(GroupSummary::queued).sum();
    }
}
