package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Resource;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// What must hold while nodes are drained, before their deadline.
final class Drains {
    /// What a group of these stories lets go of at once.
    private static final int MIGRATING_MAX = 1;

    private Drains() {}

    /// Whether a drain takes one more copy away from where it served.
    static boolean takesOut(ClusterChange change) {
        return change.before().filter(Drains::wanted).isPresent()
                && change.after().filter(copy -> taken((Allocation) copy)).isPresent();
    }

    private static boolean wanted(Resource copy) {
        return ((Allocation) copy).spec().desired() == DesiredState.RUN;
    }

    private static boolean taken(Allocation copy) {
        return copy.spec().desiredBecause().equals("its node is drained")
                && copy.status().healthy().orElse(false);
    }

    /// No more slots are out for the sake of drains than may be, however many nodes are emptied at
    /// once. A slot in which a canary serves too is not out.
    static void parallel(Iterable<Allocation> copies, Cluster cluster) {
        Set<String> served =
                StreamSupport.stream(copies.spliterator(), false)
                        .filter(copy -> copy.live() && copy.status().healthy().orElse(false))
                        .map(copy -> Invariants.slot(copy, cluster))
                        .collect(Collectors.toSet());
        Rollouts.out(copies, cluster, Drains::taken)
                .forEach((job, out) -> {
                    out.removeAll(served);
                    Invariants.holds(
                            out.size() <= MIGRATING_MAX,
                            "drains take out %s at once",
                            out + " of " + job);
                });
    }
}
