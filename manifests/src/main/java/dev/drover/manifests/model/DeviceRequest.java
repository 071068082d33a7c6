package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// Devices of one kind that a task asks for.
///
/// @param name `type`, `vendor/type` or `vendor/type/name`
/// @param count how many
/// @param constraints what a device must have
/// @param affinities what a device had better have
public record DeviceRequest(
        String name,
        Optional<Integer> count,
        List<Constraint> constraints,
        List<Affinity> affinities) {
    public DeviceRequest {
        constraints = List.copyOf(constraints);
        affinities = List.copyOf(affinities);
    }
}
