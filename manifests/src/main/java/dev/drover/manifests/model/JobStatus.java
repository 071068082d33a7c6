package dev.drover.manifests.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What became of a job.
///
/// @param version counts kept specs, from 0
/// @param evaluation the id under which the next decision about this generation will be recorded
/// @param observedGeneration the newest generation that a decision has seen
/// @param phase in one word
/// @param groups counts by group name, sorted
/// @param conditions in Kubernetes' words: ready, reconciling, stalled
/// @param launched the newest time for which a periodic job was launched
public record JobStatus(
        int version,
        Optional<String> evaluation,
        long observedGeneration,
        JobPhase phase,
        Map<String, GroupSummary> groups,
        List<Condition> conditions,
        Optional<Instant> launched) {
    public JobStatus {
        groups = Copies.sorted(groups);
        conditions = List.copyOf(conditions);
    }

    /// The same, launched for a time.
    public JobStatus launched(Instant time) {
        return new JobStatus(
                version,
                evaluation,
                observedGeneration,
                phase,
                groups,
                conditions,
                Optional.of(time));
    }

    /// What a job has before anybody looked at it.
    public static JobStatus unseen() {
        return new JobStatus(
                0, Optional.empty(), 0, JobPhase.PENDING, Map.of(), List.of(), Optional.empty());
    }
}
