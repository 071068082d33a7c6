package dev.drover.manifests.model;

import java.util.Optional;

/// How much of the traffic an instance gets.
public record ServiceWeights(Optional<Integer> passing, Optional<Integer> warning) {}
