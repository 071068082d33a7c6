package dev.drover.manifests.model;

import java.util.Optional;

/// What a node should rather be like.
///
/// @param attribute what is compared: `${attr.…}`, `${node.…}` or `${meta.…}`
/// @param operator how it is compared, as in a constraint
/// @param value what it is compared with
/// @param weight -100 to 100, not 0; 50 when absent
public record Affinity(
        Optional<String> attribute,
        Optional<String> operator,
        Optional<String> value,
        Optional<Integer> weight) {}
