package dev.drover.manifests.model;

import java.time.Duration;
import java.util.Optional;

/// What becomes of allocations whose node falls silent.
public record DisconnectPolicy(
        Optional<Duration> lostAfter,
        Optional<Duration> stopOnClientAfter,
        Optional<Boolean> replace,
        Optional<String> reconcile) {}
