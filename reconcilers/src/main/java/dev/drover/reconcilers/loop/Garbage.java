package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.decision.Reconciler;
import dev.drover.store.Commit;
import java.time.Duration;
import java.util.Optional;

/// Sweeps one job or node to the end, now.
final class Garbage {
    /// Parts of one job: 1,000 things each. What is left after that waits for the next call.
    private static final int PARTS_MAX = 1_000;

    private static final Duration VIEW_WAIT = Duration.ofSeconds(2);

    private Garbage() {}

    /// How many things went.
    static int collect(Reconciler sweep, ResourceName name, Turns.Shared shared)
            throws InterruptedException {
        int removed = 0;
        for (int part = 0; part < PARTS_MAX; part++) {
            Decision decision =
                    sweep.decide(name, shared.view().cluster(), shared.clock().instant());
            Optional<Commit.Done> done = written(decision, shared);
            if (done.isEmpty()) {
                return removed;
            }
            removed +=
                    (int)
                            decision.actions().stream()
                                    .filter(action -> action instanceof Action.Delete)
                                    .count();
            shared.view().await(done.get().revision(), VIEW_WAIT);
        }
        return removed;
    }

    private static Optional<Commit.Done> written(Decision decision, Turns.Shared shared) {
        if (decision.actions().isEmpty()) {
            return Optional.empty();
        }
        return switch (shared.commits().commit(decision)) {
            case Commit.Done done -> Optional.of(done);
            case Commit.Conflict _, Commit.Unknown _, Commit.Refused _ -> Optional.empty();
        };
    }
}
