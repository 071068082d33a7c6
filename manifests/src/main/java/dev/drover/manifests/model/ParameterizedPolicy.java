package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// What a dispatch of the job must and may bring.
///
/// @param payload whether a launch has one: `optional`, `required` or `forbidden`
/// @param metaRequired words that a launch must give
/// @param metaOptional words that a launch may give
public record ParameterizedPolicy(
        Optional<String> payload, List<String> metaRequired, List<String> metaOptional) {
    public ParameterizedPolicy {
        metaRequired = List.copyOf(metaRequired);
        metaOptional = List.copyOf(metaOptional);
    }
}
