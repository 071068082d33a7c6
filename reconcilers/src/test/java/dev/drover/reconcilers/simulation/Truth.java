package dev.drover.reconcilers.simulation;

import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.cluster.ClusterFeed;
import dev.drover.store.Change;
import dev.drover.store.Revision;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.TypedDelivery;
import dev.drover.store.typed.TypedWatch;
import dev.drover.store.typed.WatchOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What the store holds, read through its watch by the feed that the loops use.
final class Truth {
    private final Tables tables;
    private final TypedWatch<Resource> watch;
    private Cluster cluster = Cluster.empty();

    Truth(Tables tables) {
        this.tables = tables;
        this.watch = tables.watch(Set.of(Kind.values()), WatchOptions.initial());
        catchUp();
    }

    Cluster cluster() {
        return cluster;
    }

    /// Everything that happened since the last call.
    List<ClusterChange> catchUp() {
        List<ClusterChange> all = new ArrayList<>();
        Revision newest = tables.revision();
        if (newest.equals(cluster.revision())) {
            return all;
        }
        watch.progress();
        boolean behind = true;
        while (behind) {
            switch (next()) {
                case TypedDelivery.Frame<Resource>(var changes) ->
                        changes.forEach(c ->
                                all.add(
                                        c.type() == Change.Type.DELETED
                                                ? ClusterChange.removed(c.current())
                                                : new ClusterChange(
                                                        c.previous(), Optional.of(c.current()))));
                case TypedDelivery.InitialDone<Resource> _ -> {}
                case TypedDelivery.Bookmark<Resource> _ -> behind = false;
                case TypedDelivery.TooOld<Resource> _, TypedDelivery.Forbidden<Resource> _ ->
                        throw new IllegalStateException("the watch ended");
            }
        }
        cluster = ClusterFeed.apply(cluster, all, newest);
        return all;
    }

    private TypedDelivery<Resource> next() {
        try {
            return watch.next(Duration.ofSeconds(5)).orElseThrow();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
