package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// What becomes of allocations whose node falls silent.
///
/// @param lostAfter how long a silent node's copies may come back before they count as lost
/// @param stopOnClientAfter after how much silence the node itself stops its copies
/// @param replace whether others are started while the node is silent
/// @param reconcile which copies stay when the node is back
public record DisconnectPolicy(
        Optional<Duration> lostAfter,
        Optional<Duration> stopOnClientAfter,
        Optional<Boolean> replace,
        Optional<String> reconcile) {}
