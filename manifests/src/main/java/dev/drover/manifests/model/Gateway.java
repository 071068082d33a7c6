package dev.drover.manifests.model;

import java.util.Optional;

/// A service that is a door of the mesh: exactly one of ingress, terminating and mesh.
public record Gateway(
        Optional<GatewayProxy> proxy,
        Optional<IngressGateway> ingress,
        Optional<TerminatingGateway> terminating,
        Optional<MeshGatewayDoor> mesh) {}
