package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The scheduler as the Operator SDK calls it: it hands the job's name to the placer, which decides
/// about many jobs at once.
final class HandOver implements Reconciler {
    private final Consumer<Collection<ResourceName>> placer;

    HandOver(Consumer<Collection<ResourceName>> placer) {
        this.placer = placer;
    }

    @Override
    public Kind primary() {
        return Kind.JOB;
    }

    /// Only the jobs themselves: the rest goes straight from the view to the placer.
    @Override
    public Stream<ResourceName> concerns(ClusterChange change, Cluster cluster) {
        return Stream.empty();
    }

    @Override
    public Decision decide(ResourceName name, Cluster cluster, Instant now) {
        placer.accept(Set.of(name));
        return Decision.nothing("the placer decides");
    }
}
