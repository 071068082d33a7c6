package dev.drover.manifests.model;

import java.util.List;

/// Copies of a group without a place.
///
/// @param count how many
/// @param nodesEvaluated how many nodes were looked at
/// @param refusals grouped by reason, most nodes first
public record Unplaced(int count, int nodesEvaluated, List<RefusalSummary> refusals) {
    public Unplaced {
        refusals = List.copyOf(refusals);
    }
}
