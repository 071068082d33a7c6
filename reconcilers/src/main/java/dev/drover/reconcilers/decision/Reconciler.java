package dev.drover.reconcilers.decision;

import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import java.time.Instant;
import java.util.stream.Stream;

/// One loop: for a name, from what is seen to what should be. It has no state, clock, chance or
/// I/O, and only translates; the thinking is in the pure functions beside it.
public interface Reconciler {
    /// What the names are names of.
    Kind primary();

    /// The names that may have to be decided anew after this change, with the view that has it.
    Stream<ResourceName> concerns(ClusterChange change, Cluster cluster);

    /// What should be done about `name`, which need not exist (any more). Asked again at any time,
    /// it answers the same for the same view and time.
    Decision decide(ResourceName name, Cluster cluster, Instant now);
}
