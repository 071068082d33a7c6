package dev.drover.manifests.model;

import java.util.Optional;

/// In which order regions are deployed.
public record MultiregionStrategy(Optional<Integer> maxParallel, Optional<String> onFailure) {}
