package dev.drover.reconcilers.sweep;

import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The loop that removes holds on what is not there. For a while after it was made one may wait for
/// what it is to hold. Holds on what is there are swept with it.
public final class HoldSweepReconciler implements Reconciler {
    private final Ages ages;

    /// @param ages how long a hold waits for what it is to hold
    public HoldSweepReconciler(Ages ages) {
        this.ages = ages;
    }

    @Override
    public Kind primary() {
        return Kind.HOLD;
    }

    /// The holds on what has just gone.
    @Override
    public Stream<ResourceName> concerns(ClusterChange change, Cluster cluster) {
        Resource gone = change.newest();
        boolean held = gone instanceof Job || gone instanceof Node;
        return held && change.after().isEmpty()
                ? cluster.holds().stream()
                        .filter(hold -> hold.spec().kind() == gone.kind())
                        .filter(hold -> hold.target().equals(gone.name()))
                        .map(Hold::name)
                : Stream.empty();
    }

    @Override
    public Decision decide(ResourceName name, Cluster cluster, Instant now) {
        Optional<Hold> hold = cluster.holds().get(name);
        if (hold.isEmpty() || there(hold.get(), cluster)) {
            return Decision.nothing("it is gone, or what it holds is there");
        }
        Optional<Instant> made = hold.get().metadata().creationTimestamp();
        if (made.isEmpty()) {
            return Decision.nothing("nobody knows since when it is there");
        }
        Instant end = made.get().plus(ages.history());
        return now.isBefore(end)
                ? Decision.wait(end, "what it holds may still come")
                : Decision.of(List.of(new Action.Delete(hold.get())), "what it holds is not there");
    }

    private static boolean there(Hold hold, Cluster cluster) {
        return hold.spec().kind() == Kind.NODE
                ? cluster.nodes().get(hold.spec().name()).isPresent()
                : cluster.job(hold.target()).isPresent();
    }
}
