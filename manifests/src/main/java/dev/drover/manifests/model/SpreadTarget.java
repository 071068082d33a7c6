package dev.drover.manifests.model;

import java.util.Optional;

/// The share that one value of the attribute should get.
///
/// @param value one of the values
/// @param percent how many of a hundred copies it gets
public record SpreadTarget(String value, Optional<Integer> percent) {}
