package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// How near cores and memory of a task must be to each other.
///
/// @param affinity `none`, `prefer` or `require`
/// @param devices devices that shall be near
public record Numa(Optional<String> affinity, List<String> devices) {
    public Numa {
        devices = List.copyOf(devices);
    }
}
