package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import dev.drover.reconcilers.placement.Wakes;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The scheduler as the Operator SDK calls it: it hands the job's name to the placer, which decides
/// about many jobs at once.
final class HandOver implements Reconciler {
    private final Consumer<Wakes> placer;

    HandOver(Consumer<Wakes> placer) {
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

    /// What the placer has seen already, since it was quicker, it need not see again.
    @Override
    public Decision decide(ResourceName name, Cluster cluster, Instant now) {
        if (cluster.job(name).filter(HandOver::seen).isEmpty()) {
            placer.accept(Wakes.jobs(List.of(name)));
        }
        return Decision.nothing("the placer decides");
    }

    private static boolean seen(Job job) {
        return job.status().observedGeneration() == job.metadata().generation();
    }
}
