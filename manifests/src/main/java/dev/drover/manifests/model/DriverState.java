package dev.drover.manifests.model;

import java.util.Map;

/// What a node says of one of its drivers.
///
/// @param healthy whether it can run tasks
/// @param because what is missing, when it is not healthy
/// @param attributes what it says of itself
public record DriverState(boolean healthy, String because, Map<String, String> attributes) {
    public DriverState {
        attributes = Copies.sorted(attributes);
    }
}
