package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// When a batch job is launched.
///
/// @param enabled whether it is launched at all
/// @param cron the old form of `crons`
/// @param crons when: minute, hour, day, month, day of the week
/// @param prohibitOverlap whether a launch is left out while the last one runs
/// @param timeZone whose clock
public record PeriodicPolicy(
        Optional<Boolean> enabled,
        Optional<String> cron,
        List<String> crons,
        Optional<Boolean> prohibitOverlap,
        Optional<String> timeZone) {
    public PeriodicPolicy {
        crons = List.copyOf(crons);
    }
}
