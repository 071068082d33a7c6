package dev.drover.node.task;

import dev.drover.manifests.model.Exit;
import dev.drover.manifests.model.RestartMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Decides whether a task starts again. Nobody is asked: a node that has lost its controller goes
/// on restarting.
public final class TaskLifecycle {
    /// So that a hundred tasks that failed together do not come back together.
    private static final double JITTER_MAX = 0.25;

    /// How soon a start is tried again for which the machine has too little of something.
    private static final Duration LACKING_AGAIN = Duration.ofSeconds(5);

    /// What a machine lacks for longer than this it will go on lacking: then the policy decides,
    /// and another machine may be asked.
    static final Duration LACKING_MAX = Duration.ofMinutes(5);

    private TaskLifecycle() {}

    /// The step after a run has ended in this way.
    ///
    /// @param restarts the ones before
    /// @param chance lengthens the delay by up to a quarter
    public static TaskStep next(
            Ending ending,
            RestartRules rules,
            Restarts restarts,
            Instant now,
            RandomGenerator chance) {
        return switch (ending) {
            case Ending.Refused _ -> new TaskStep.Fail("Error was unrecoverable");
            case Ending.Renewed(String because) ->
                    new TaskStep.Restart(Duration.ZERO, because, restarts.enough());
            case Ending.Lacking(String because)
                    when since(restarts, now).isAfter(now.minus(LACKING_MAX)) ->
                    new TaskStep.Wait(
                            jittered(LACKING_AGAIN, chance),
                            because,
                            restarts.lacking(since(restarts, now)));
            case Ending.Lacking _ -> restart(rules, restarts, now, chance);
            case Ending.Exited(Exit exit) when exit.success() && !rules.afterSuccess() ->
                    new TaskStep.Complete("Restart unnecessary as task terminated successfully");
            case Ending.Exited _, Ending.CouldNotStart _, Ending.Unwell _ ->
                    restart(rules, restarts.enough(), now, chance);
        };
    }

    /// Since when the machine lacks something. A clock that was set back begins anew.
    private static Instant since(Restarts restarts, Instant now) {
        return restarts.lackingSince().filter(since -> !since.isAfter(now)).orElse(now);
    }

    private static TaskStep restart(
            RestartRules rules, Restarts restarts, Instant now, RandomGenerator chance) {
        if (rules.mode() == RestartMode.FAIL && rules.attempts() == 0) {
            return new TaskStep.Fail("Policy allows no restarts");
        }
        // One that begins later was seen before the clock was set back, by years perhaps.
        Instant start = restarts.windowStart().filter(s -> !s.isAfter(now)).orElse(now);
        boolean newWindow = now.isAfter(start.plus(rules.interval()));
        Restarts counted =
                newWindow
                        ? new Restarts(Optional.of(now), 1, restarts.lackingSince())
                        : new Restarts(
                                Optional.of(start),
                                restarts.inWindow() + 1,
                                restarts.lackingSince());
        if (counted.inWindow() <= rules.attempts()) {
            return new TaskStep.Restart(
                    jittered(rules.delay(), chance), "Restart within policy", counted);
        }
        return switch (rules.mode()) {
            case FAIL ->
                    new TaskStep.Fail(
                            "Exceeded allowed attempts %d in interval %s and mode is \"fail\""
                                    .formatted(rules.attempts(), Words.of(rules.interval())));
            case DELAY ->
                    new TaskStep.Restart(
                            Duration.between(now, start.plus(rules.interval())),
                            "Exceeded allowed attempts, applying a delay",
                            counted);
        };
    }

    private static Duration jittered(Duration delay, RandomGenerator chance) {
        return delay.plusMillis((long) (delay.toMillis() * JITTER_MAX * chance.nextDouble()));
    }
}
