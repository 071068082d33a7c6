package dev.drover.manifests.model;

import java.util.Optional;

/// How much of the traffic an instance gets.
///
/// @param passing while all is well
/// @param warning while a check warns
public record ServiceWeights(Optional<Integer> passing, Optional<Integer> warning) {}
