package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// When a batch job is launched.
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
