package dev.drover.manifests.model;

import java.util.Optional;

/// What a node should rather be like.
///
/// @param weight -100 to 100, not 0; 50 when absent
public record Affinity(
        Optional<String> attribute,
        Optional<String> operator,
        Optional<String> value,
        Optional<Integer> weight) {}
