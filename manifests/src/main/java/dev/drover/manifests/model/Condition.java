package dev.drover.manifests.model;

import java.time.Instant;

/// One aspect of a resource's state, in the kstatus form.
///
/// @param type `Ready`, `Reconciling`, `Stalled`, …
/// @param status `True`, `False` or `Unknown`
/// @param reason one CamelCase word for programs
/// @param message one sentence for people: why
/// @param observedGeneration the generation it speaks of
/// @param lastTransitionTime when `status` last changed
public record Condition(
        String type,
        String status,
        String reason,
        String message,
        long observedGeneration,
        Instant lastTransitionTime) {}
