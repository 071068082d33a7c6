package dev.drover.reconcilers.loop;

import dev.drover.manifests.model.ResourceName;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// How long who has lost a race waits for the next turn: 5 ms, until the view has seen who won, and
/// twice as long each time it loses again. What can never be written does not take the machine.
final class Backoff {
    /// The view follows within a millisecond.
    static final Duration SHORTEST = Duration.ofMillis(5);

    /// As after a refusal.
    static final Duration LONGEST = Duration.ofSeconds(5);

    /// Doubled so often it is longer than the longest.
    private static final int DOUBLED_MAX = 10;

    /// A server has fewer jobs that race at once. Of those who were deleted right after a race they
    /// lost nobody says that they are done.
    static final int NAMES_MAX = 10_000;

    /// Only of those who have lost the last time.
    private final Map<ResourceName, Integer> inARow = new ConcurrentHashMap<>();

    /// One more race lost; how long to wait.
    Duration lost(ResourceName name) {
        if (inARow.size() >= NAMES_MAX) {
            inARow.clear(); // who still loses begins anew
        }
        int before = inARow.merge(name, 1, Integer::sum) - 1;
        Duration wait = SHORTEST.multipliedBy(1L << Math.min(before, DOUBLED_MAX));
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    /// A turn that lost nothing.
    void done(ResourceName name) {
        inARow.remove(name);
    }
}
