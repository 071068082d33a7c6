package dev.drover.node.check;

import dev.drover.manifests.model.CheckStatus;
import java.time.Instant;

/// What is known of a check.
///
/// @param begun when the run of its tasks began that it speaks of
/// @param successes in a row
/// @param failures in a row, warnings among them
/// @param unwell bad words in a row that count for a restart
public record CheckMemory(
        CheckStatus status,
        String output,
        Instant since,
        Instant begun,
        int successes,
        int failures,
        int unwell) {
    static CheckMemory begun(PlannedCheck check, Instant run, Instant now) {
        return new CheckMemory(check.initial(), "", now, run, 0, 0, 0);
    }

    /// As far as it is told to others.
    boolean saysTheSame(CheckMemory other) {
        return status == other.status && since.equals(other.since);
    }
}
