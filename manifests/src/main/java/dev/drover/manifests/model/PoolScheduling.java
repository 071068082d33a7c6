package dev.drover.manifests.model;

import java.util.Optional;

/// What is otherwise in one node pool; what is absent is as everywhere.
///
/// @param algorithm which node is the better one
/// @param memoryOversubscription whether tasks may use up to their `memoryMaxMib`
/// @param allocationsMax how many allocations a node may hold
public record PoolScheduling(
        Optional<SchedulerAlgorithm> algorithm,
        Optional<Boolean> memoryOversubscription,
        Optional<Integer> allocationsMax) {}
