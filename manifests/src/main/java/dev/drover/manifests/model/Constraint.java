package dev.drover.manifests.model;

import java.util.Optional;

/// What a node must be like.
///
/// @param attribute the left side, mostly `${attr.…}`; absent for `distinct_hosts`
/// @param operator `=` when absent
/// @param value the right side
public record Constraint(
        Optional<String> attribute, Optional<String> operator, Optional<String> value) {}
