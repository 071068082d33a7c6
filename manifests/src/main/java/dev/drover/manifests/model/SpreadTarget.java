package dev.drover.manifests.model;

import java.util.Optional;

/// The share that one value of the attribute should get.
public record SpreadTarget(String value, Optional<Integer> percent) {}
