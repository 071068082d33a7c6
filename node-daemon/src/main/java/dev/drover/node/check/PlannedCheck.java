package dev.drover.node.check;

import dev.drover.manifests.model.CheckStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// A check of a service, with nothing left open.
///
/// @param key unique in its allocation
/// @param initial what holds before the first outcome
/// @param during the tasks that must run for it to be carried out
/// @param heeded which word on it the health of the allocation needs
/// @param restart when it has its task restarted
public record PlannedCheck(
        String key,
        String name,
        Probe probe,
        Pace pace,
        CheckStatus initial,
        Set<String> during,
        Heeded heeded,
        Optional<RestartRule> restart) {
    public PlannedCheck {
        during = Set.copyOf(during);
    }

    /// How often it is carried out, and how many outcomes alike change its mind.
    public record Pace(
            Duration interval,
            Duration timeout,
            int successBeforePassing,
            int failuresBeforeWarning,
            int failuresBeforeCritical) {}

    /// What a new version's health needs of a check (`on_update`).
    public enum Heeded {
        PASSING,
        PASSING_OR_WARNING,
        IGNORED
    }

    /// After `limit` bad outcomes in a row, `grace` after its start at the earliest, the task is
    /// restarted.
    public record RestartRule(String task, int limit, Duration grace, boolean ignoreWarnings) {}

    /// Whether a new version may be called healthy by this word.
    boolean satisfied(CheckStatus status) {
        return switch (heeded) {
            case PASSING -> status == CheckStatus.PASSING;
            case PASSING_OR_WARNING ->
                    status == CheckStatus.PASSING || status == CheckStatus.WARNING;
            case IGNORED -> true;
        };
    }
}
