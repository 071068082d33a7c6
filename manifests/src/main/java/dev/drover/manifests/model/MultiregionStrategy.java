package dev.drover.manifests.model;

import java.util.Optional;

/// In which order regions are deployed.
///
/// @param maxParallel regions at once
/// @param onFailure what becomes of the others when one fails
public record MultiregionStrategy(Optional<Integer> maxParallel, Optional<String> onFailure) {}
