package dev.drover.manifests.model;

import java.util.List;
import java.util.Map;

/// What was decided.
///
/// @param outcome what was decided
/// @param because in a sentence
/// @param placed ids, in the order of their slots
/// @param stopped ids
/// @param unplaced by group: what has no place, and why
public record EvaluationStatus(
        EvaluationOutcome outcome,
        String because,
        List<String> placed,
        List<String> stopped,
        Map<String, Unplaced> unplaced) {
    public EvaluationStatus {
        placed = List.copyOf(placed);
        stopped = List.copyOf(stopped);
        unplaced = Copies.sorted(unplaced);
    }
}
