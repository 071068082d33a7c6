package dev.drover.manifests.model;

import java.util.List;

/// Why a job is not as it should be, as of a revision.
///
/// @param job as it was then
/// @param shortages of the groups that are not fully placed
/// @param rankings of its groups, when somebody asked for scores
public record Explanation(
        String revision, Job job, List<Shortage> shortages, List<Ranking> rankings) {
    public Explanation {
        shortages = List.copyOf(shortages);
        rankings = List.copyOf(rankings);
    }
}
