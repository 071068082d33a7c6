package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// What must hold while nodes are drained, before their deadline.
final class Drains {
    /// What a group of these stories lets go of at once.
    private static final int MIGRATING_MAX = 1;

    /// Ids of copies that a drain took away from where they served.
    private final Set<String> taken = new HashSet<>();

    /// Whether a drain takes one more copy away from where it serves. Who is silent serves nobody.
    boolean takesOut(ClusterChange change) {
        boolean one =
                change.before().filter(copy -> serves((Allocation) copy)).isPresent()
                        && change.after().filter(copy -> leaves((Allocation) copy)).isPresent();
        if (one) {
            taken.add(((Allocation) change.newest()).id());
        }
        return one;
    }

    private static boolean serves(Allocation copy) {
        return copy.live()
                && copy.status().phase() == AllocationPhase.RUNNING
                && copy.status().healthy().orElse(false);
    }

    private static boolean leaves(Allocation copy) {
        return copy.spec().desiredBecause().equals("its node is drained");
    }

    /// No more slots are out for the sake of drains than may be, however many nodes are emptied at
    /// once. A slot in which a canary serves too is not out.
    void parallel(Iterable<Allocation> copies, Cluster cluster) {
        Set<String> served =
                StreamSupport.stream(copies.spliterator(), false)
                        .filter(Drains::serves)
                        .map(copy -> Invariants.slot(copy, cluster))
                        .collect(Collectors.toSet());
        Rollouts.out(copies, cluster, copy -> taken.contains(copy.id()))
                .forEach((job, out) -> {
                    out.removeAll(served);
                    Invariants.holds(
                            out.size() <= MIGRATING_MAX,
                            "drains take out %s at once",
                            out + " of " + job);
                });
    }
}
