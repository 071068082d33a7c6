package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import dev.drover.reconcilers.hold.Holds;
import dev.drover.store.Commit;
import java.time.Duration;
import java.time.Instant;

/// Sweeps one job or node to the end, now.
final class Garbage {
    /// Parts of one job: 1,000 things each. What is left after that waits for the next call.
    private static final int PARTS_MAX = 1_000;

    private static final Duration VIEW_WAIT = Duration.ofSeconds(2);

    /// Lost races in a row with loops that write about the same job. One who no longer leads loses
    /// every one.
    private static final int LOST_MAX = 3;

    private Garbage() {}

    /// How many things went.
    static int collect(Reconciler sweep, ResourceName name, Turns.Shared shared)
            throws InterruptedException {
        int removed = 0;
        int lost = 0;
        for (int part = 0; part < PARTS_MAX && lost < LOST_MAX; part++) {
            Cluster cluster = shared.view().cluster();
            Instant now = shared.clock().instant();
            Decision decision =
                    Holds.respected(
                            sweep.decide(name, cluster, now), sweep.primary(), name, cluster, now);
            if (decision.actions().isEmpty()) {
                return removed;
            }
            switch (shared.commits().commit(decision)) {
                case Commit.Done done -> {
                    lost = 0;
                    removed += deletions(decision);
                    shared.view().await(done.revision(), VIEW_WAIT);
                }
                case Commit.Conflict conflict -> {
                    lost++;
                    shared.view().await(conflict.otherwise().revision(), VIEW_WAIT);
                }
                case Commit.Unknown _, Commit.Refused _ -> {
                    return removed;
                }
            }
        }
        return removed;
    }

    private static int deletions(Decision decision) {
        return (int)
                decision.actions().stream()
                        .filter(action -> action instanceof Action.Delete)
                        .count();
    }
}
