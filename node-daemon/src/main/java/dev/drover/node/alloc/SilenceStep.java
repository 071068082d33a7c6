package dev.drover.node.alloc;

import dev.drover.manifests.model.DisconnectPolicy;
import dev.drover.manifests.model.TaskGroup;
import dev.drover.node.link.Silence;
import java.time.Duration;
import java.util.Optional;

/// What the silence of the server means for an allocation, as its group says in `disconnect`.
sealed interface SilenceStep {
    /// It runs on however long that lasts.
    record Bear() implements SilenceStep {}

    /// It must stop if nothing is heard for so long from now on.
    record Wait(Duration rest) implements SilenceStep {}

    /// It must stop: another copy of it may be started elsewhere.
    ///
    /// @param after the silence that its group bears
    record Stop(Duration after) implements SilenceStep {}

    /// What is to be done now.
    ///
    /// @param group of the allocation; absent when a broken server has not told it
    static SilenceStep next(Optional<TaskGroup> group, Silence silence) {
        Optional<Duration> after =
                group.flatMap(TaskGroup::disconnect).flatMap(DisconnectPolicy::stopOnClientAfter);
        if (after.isEmpty()) {
            return new Bear();
        }
        Duration left = after.get().minus(silence.lasting());
        Duration rest = left.compareTo(silence.doubtful()) > 0 ? left : silence.doubtful();
        return rest.isPositive() ? new Wait(rest) : new Stop(after.get());
    }
}
