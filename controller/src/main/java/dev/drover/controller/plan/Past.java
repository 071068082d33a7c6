package dev.drover.controller.plan;

import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.cluster.ClusterFeed;
import dev.drover.store.At;
import dev.drover.store.Revision;
import dev.drover.store.typed.TableListing;
import dev.drover.store.typed.TableQuery;
import dev.drover.store.typed.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The view that the loops had at an earlier revision, read from the store.
public final class Past {
    /// What is placed and what it is placed on. Decisions of then explain nothing.
    private static final List<Kind> KINDS =
            List.of(
                    Kind.JOB,
                    Kind.JOB_VERSION,
                    Kind.ALLOCATION,
                    Kind.NODE,
                    Kind.HOLD,
                    Kind.SCHEDULER_CONFIG);

    /// Rows read at once.
    private static final int PAGE = 5_000;

    private Past() {}

    /// The view; empty when the store does not keep that revision (any more).
    public static Optional<Cluster> at(Tables tables, Revision revision) {
        List<ClusterChange> changes = new ArrayList<>();
        for (Kind kind : KINDS) {
            Optional<ResourceName> after = Optional.empty();
            do {
                TableQuery query =
                        new TableQuery(Optional.empty(), "", new At.Exactly(revision), PAGE, after);
                if (!(tables.of(kind).list(query)
                        instanceof TableListing.Page<Resource>(var rows, _, var next))) {
                    return Optional.empty();
                }
                rows.forEach(row -> changes.add(ClusterChange.added(row)));
                after = next;
            } while (after.isPresent());
        }
        return Optional.of(ClusterFeed.apply(Cluster.empty(), changes, revision));
    }
}
