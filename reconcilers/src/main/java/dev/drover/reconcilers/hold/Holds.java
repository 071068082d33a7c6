package dev.drover.reconcilers.hold;

import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What becomes of a decision about an object that may be held.
public final class Holds {
    private Holds() {}

    /// The decision; when the object is held, without its actions, and made again when the hold is
    /// over. Only that the deadlines of its deployments rest is written all the same.
    public static Decision respected(
            Decision decision, Kind kind, ResourceName name, Cluster cluster, Instant now) {
        Optional<Hold> hold = cluster.heldBy(kind, name, now);
        return hold.isEmpty() || decision.actions().stream().allMatch(Holds::rests)
                ? decision
                : new Decision(List.of(), would(hold.get(), decision), hold.get().spec().until());
    }

    private static boolean rests(Action action) {
        return action instanceof Action.Replace(Deployment some)
                && some.status().phase().active()
                && some.status().until().isEmpty();
    }

    /// Who holds it, and what is not done for that reason.
    public static String would(Hold hold, Decision decision) {
        return hold.text() + "; without that: " + decision.because();
    }
}
