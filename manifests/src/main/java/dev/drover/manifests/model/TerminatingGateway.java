package dev.drover.manifests.model;

import java.util.List;

/// A door out of the mesh.
///
/// @param services who is outside
public record TerminatingGateway(List<TerminatingService> services) {
    public TerminatingGateway {
        services = List.copyOf(services);
    }
}
