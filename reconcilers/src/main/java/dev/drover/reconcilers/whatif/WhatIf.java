package dev.drover.reconcilers.whatif;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.Resource;
import dev.drover.reconcilers.absence.AbsenceReconciler;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.decision.Reconciler;
import dev.drover.reconcilers.drain.DrainReconciler;
import dev.drover.reconcilers.placement.Why;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/// What would move where, and what would have no place, if nodes were drained or lost now. The
/// loops decide it, so as long as nobody writes in between it is what they will do.
///
/// @param moves in the order in which they would be decided
/// @param without by job: what has no place afterwards and had one before
public record WhatIf(List<Move> moves, Map<String, List<Why>> without) {
    /// A copy that starts somewhere else.
    ///
    /// @param title `job.group[index]`
    public record Move(String title, String from, String to) {}

    /// Takes copies of the collections.
    public WhatIf {
        moves = List.copyOf(moves);
        without = new TreeMap<>(without);
    }

    /// If these nodes were gone.
    public static WhatIf lose(Set<String> nodes, Cluster cluster, Instant now) {
        Fork fork = new Fork(cluster, now);
        change(fork, nodes, n -> n.withStatus(gone(n.status())));
        settle(fork, nodes, new AbsenceReconciler(), now);
        return seen(fork, cluster, now);
    }

    /// If these nodes were emptied, to the end and at once.
    public static WhatIf drain(Set<String> nodes, Cluster cluster, Instant now) {
        Fork fork = new Fork(cluster, now);
        DrainSpec drain = new DrainSpec(Optional.of(now), false);
        change(fork, nodes, n -> n.withSpec(new NodeSpec(false, Optional.of(drain))));
        settle(fork, nodes, new DrainReconciler(), now);
        return seen(fork, cluster, now);
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

    /// The loop has its turns until it changes nothing more; what it stops is over at once; and the
    /// placer places.
    private static void settle(Fork fork, Set<String> nodes, Reconciler loop, Instant now) {
        for (String name : new TreeSet<>(nodes)) {
            Optional<Node> node = fork.cluster().nodes().get(name);
            while (node.isPresent() && occupied(fork, name)) {
                var decision = loop.decide(node.get().name(), fork.cluster(), now);
                if (decision.actions().isEmpty()) {
                    break;
                }
                fork.apply(decision);
                end(fork, name);
            }
        }
        fork.place();
    }

    private static boolean occupied(Fork fork, String node) {
        return !fork.cluster().residentsOf(node).allocations().isEmpty();
    }

    private static void end(Fork fork, String node) {
        for (Allocation copy : fork.cluster().residentsOf(node).allocations()) {
            if (!copy.live()) {
                fork.obey(copy);
            }
        }
    }

    private static WhatIf seen(Fork fork, Cluster before, Instant now) {
        List<Move> moves = new ArrayList<>();
        for (Resource made : fork.created()) {
            if (made instanceof Allocation copy) {
                moves.add(new Move(copy.title(), from(copy, fork.cluster()), copy.spec().node()));
            }
        }
        Map<String, List<Why>> without = new TreeMap<>();
        for (Job job : fork.cluster().waiting()) {
            if (before.waiting().get(job.name()).isEmpty()) {
                without.put(job.name().toString(), Why.of(job.name(), fork.cluster(), now));
            }
        }
        return new WhatIf(moves, without);
    }

    private static String from(Allocation copy, Cluster cluster) {
        return copy.spec()
                .previous()
                .flatMap(id ->
                        Cluster.jobOf(copy).flatMap(job -> cluster.allocationsOf(job).get(id)))
                .map(previous -> previous.spec().node())
                .orElse("");
    }
}
