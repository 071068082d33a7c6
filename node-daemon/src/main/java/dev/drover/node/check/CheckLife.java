package dev.drover.node.check;

import dev.drover.manifests.model.CheckStatus;
import java.time.Instant;

/// Decides what a check says after another outcome, and whether its task is restarted for it.
public final class CheckLife {
    private CheckLife() {}

    /// What follows from an outcome.
    ///
    /// @param restart whether the task is restarted: then everything is counted anew
    public record Step(CheckMemory memory, boolean restart) {}

    /// After `outcome` came `now`.
    public static Step next(PlannedCheck check, CheckMemory before, Outcome outcome, Instant now) {
        boolean well = outcome.status() == CheckStatus.PASSING;
        int successes = well ? before.successes() + 1 : 0;
        int failures = well ? 0 : before.failures() + 1;
        CheckStatus status = status(check.pace(), before.status(), outcome, successes, failures);
        boolean same = status == before.status();
        int unwell = unwell(check, before, status, now);
        CheckMemory after =
                new CheckMemory(
                        status,
                        same && !before.output().isEmpty() ? before.output() : outcome.output(),
                        same ? before.since() : now,
                        before.begun(),
                        successes,
                        failures,
                        unwell);
        return new Step(after, check.restart().filter(rule -> unwell >= rule.limit()).isPresent());
    }

    private static CheckStatus status(
            PlannedCheck.Pace pace,
            CheckStatus before,
            Outcome outcome,
            int successes,
            int failures) {
        return switch (outcome.status()) {
            case PASSING ->
                    successes >= Math.max(1, pace.successBeforePassing())
                            ? CheckStatus.PASSING
                            : before;
            case WARNING ->
                    failures >= Math.max(1, pace.failuresBeforeWarning())
                            ? CheckStatus.WARNING
                            : before;
            case CRITICAL, PENDING -> failed(pace, before, failures);
        };
    }

    /// On its way to critical it may pass by a warning.
    private static CheckStatus failed(PlannedCheck.Pace pace, CheckStatus before, int failures) {
        if (failures >= Math.max(1, pace.failuresBeforeCritical())) {
            return CheckStatus.CRITICAL;
        }
        boolean warns =
                pace.failuresBeforeWarning() > 0 && failures >= pace.failuresBeforeWarning();
        return warns && before == CheckStatus.PASSING ? CheckStatus.WARNING : before;
    }

    private static int unwell(
            PlannedCheck check, CheckMemory before, CheckStatus status, Instant now) {
        return check.restart()
                .filter(rule ->
                        status == CheckStatus.CRITICAL
                                || (status == CheckStatus.WARNING && !rule.ignoreWarnings()))
                .map(rule ->
                        now.isBefore(before.begun().plus(rule.grace())) ? 0 : before.unwell() + 1)
                .orElse(0);
    }
}
