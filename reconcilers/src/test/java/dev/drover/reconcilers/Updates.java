package dev.drover.reconcilers;

import dev.drover.manifests.model.UpdatePolicy;
import java.time.Duration;
import java.util.Optional;

/// Update policies with a few words; what is not said is what everybody gets.
public final class Updates {
    private Updates() {}

    /// So many copies at once.
    public static UpdatePolicy of(int maxParallel) {
        return new UpdatePolicy(
                Optional.of(maxParallel),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /// The same with canaries.
    public static UpdatePolicy canary(UpdatePolicy some, int canaries, boolean autoPromote) {
        return with(some, Optional.of(canaries), Optional.of(autoPromote), some.autoRevert());
    }

    /// The same, returning to what was stable.
    public static UpdatePolicy autoRevert(UpdatePolicy some) {
        return with(some, some.canary(), some.autoPromote(), Optional.of(true));
    }

    private static UpdatePolicy with(
            UpdatePolicy some,
            Optional<Integer> canary,
            Optional<Boolean> autoPromote,
            Optional<Boolean> autoRevert) {
        return new UpdatePolicy(
                some.maxParallel(),
                some.healthCheck(),
                some.minHealthyTime(),
                some.healthyDeadline(),
                some.progressDeadline(),
                canary,
                autoPromote,
                autoRevert,
                some.stagger(),
                some.surge());
    }

    /// The same, failing after so long without progress.
    public static UpdatePolicy progress(UpdatePolicy some, Duration deadline) {
        return new UpdatePolicy(
                some.maxParallel(),
                some.healthCheck(),
                some.minHealthyTime(),
                some.healthyDeadline(),
                Optional.of(deadline),
                some.canary(),
                some.autoPromote(),
                some.autoRevert(),
                some.stagger(),
                some.surge());
    }

    /// The same, with new copies beside old ones.
    public static UpdatePolicy surge(UpdatePolicy some) {
        return new UpdatePolicy(
                some.maxParallel(),
                some.healthCheck(),
                some.minHealthyTime(),
                some.healthyDeadline(),
                some.progressDeadline(),
                some.canary(),
                some.autoPromote(),
                some.autoRevert(),
                some.stagger(),
                Optional.of(true));
    }

    /// The same, where people say what is healthy.
    public static UpdatePolicy manual(UpdatePolicy some) {
        return new UpdatePolicy(
                some.maxParallel(),
                Optional.of("manual"),
                some.minHealthyTime(),
                some.healthyDeadline(),
                some.progressDeadline(),
                some.canary(),
                some.autoPromote(),
                some.autoRevert(),
                some.stagger(),
                some.surge());
    }
}
