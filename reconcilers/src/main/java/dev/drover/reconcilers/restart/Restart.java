package dev.drover.reconcilers.restart;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DelayFunction;
import dev.drover.manifests.model.ReschedulePolicy;
import dev.drover.manifests.shape.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// When a failed copy is replaced: after a delay that grows with each failure in a row, so many
/// times within an interval, or without limit.
public final class Restart {
    /// Doubling this often is beyond any `max_delay`; a bound for policies without one.
    private static final int DOUBLINGS_MAX = 20;

    private Restart() {}

    /// What becomes of the slot now.
    public static RestartStep next(RestartView view, Instant now) {
        if (view.policy().isEmpty()) {
            return new RestartStep.GiveUp("jobs of its type are not rescheduled");
        }
        ReschedulePolicy policy = view.policy().get();
        Instant failedAt = endOf(view.failed());
        int used = within(view.before(), failedAt, policy.interval());
        boolean unlimited = policy.unlimited().orElse(false);
        if (!unlimited && used >= policy.attempts().orElse(0)) {
            return new RestartStep.GiveUp(usedUp(policy));
        }
        int before = inARow(policy, view);
        Instant at = failedAt.plus(delay(policy, before));
        return now.isBefore(at)
                ? new RestartStep.Wait(
                        at, before + 1, waits(before + 1, at.truncatedTo(ChronoUnit.SECONDS)))
                : new RestartStep.Replace(
                        "it failed: " + view.failed().status().because() + "; another one follows");
    }

    /// How many copies of a slot, the newest first, tell when and whether the next one comes.
    public static int remembered(ReschedulePolicy policy) {
        if (!policy.unlimited().orElse(false)) {
            return policy.attempts().orElse(0) + 1;
        }
        if (policy.delayFunction().orElse(DelayFunction.CONSTANT) == DelayFunction.CONSTANT) {
            return 1;
        }
        Duration longest = policy.maxDelay().orElse(Duration.ZERO);
        int failures = 0;
        while (failures < DOUBLINGS_MAX - 1 && !delay(policy, failures).equals(longest)) {
            failures++;
        }
        return failures + 1;
    }

    private static String waits(int failures, Instant at) {
        return failures == 1
                ? "it failed and is replaced at " + at
                : "it failed %d times in a row and is replaced at %s".formatted(failures, at);
    }

    private static String usedUp(ReschedulePolicy policy) {
        int attempts = policy.attempts().orElse(0);
        return attempts == 0
                ? "its reschedule policy allows no replacement"
                : "its reschedule policy allows %d in %s and they are used up"
                        .formatted(
                                attempts, Durations.text(policy.interval().orElse(Duration.ZERO)));
    }

    private static int within(
            List<Allocation> before, Instant failedAt, Optional<Duration> interval) {
        Instant from = failedAt.minus(interval.orElse(Duration.ZERO));
        return (int)
                before.stream()
                        .filter(Restart::failed)
                        .filter(copy -> endOf(copy).isAfter(from))
                        .count();
    }

    private static boolean failed(Allocation copy) {
        return copy.status().phase() == AllocationPhase.FAILED;
    }

    /// How many failures led up to this one. A copy that lived longer than the longest delay has
    /// made good for those before it, however it ended.
    private static int inARow(ReschedulePolicy policy, RestartView view) {
        Duration longest = policy.maxDelay().orElse(Duration.ZERO);
        int failures = 0;
        Allocation copy = view.failed();
        for (Allocation earlier : view.before()) {
            if (longest.isPositive() && lived(copy).compareTo(longest) > 0) {
                break;
            }
            failures += failed(earlier) ? 1 : 0;
            copy = earlier;
        }
        return failures;
    }

    private static Duration lived(Allocation copy) {
        return copy.metadata()
                .creationTimestamp()
                .map(born -> Duration.between(born, endOf(copy)))
                .orElse(Duration.ZERO);
    }

    private static Duration delay(ReschedulePolicy policy, int failuresBefore) {
        Duration base = policy.delay().orElse(Duration.ZERO);
        int doublings = Math.min(failuresBefore, DOUBLINGS_MAX);
        Duration grown =
                switch (policy.delayFunction().orElse(DelayFunction.CONSTANT)) {
                    case CONSTANT -> base;
                    case EXPONENTIAL -> base.multipliedBy(1L << doublings);
                    case FIBONACCI -> base.multipliedBy(fibonacci(doublings));
                };
        Duration longest = policy.maxDelay().orElse(Duration.ZERO);
        return longest.isPositive() && grown.compareTo(longest) > 0 ? longest : grown;
    }

    /// 1, 1, 2, 3, 5, …
    private static long fibonacci(int index) {
        long before = 0;
        long current = 1;
        for (int i = 0; i < index; i++) {
            long next = before + current;
            before = current;
            current = next;
        }
        return current;
    }

    private static Instant endOf(Allocation copy) {
        return copy.status()
                .finished()
                .or(() -> copy.metadata().creationTimestamp())
                .orElse(Instant.EPOCH);
    }
}
