package dev.drover.manifests.model;

import java.util.Optional;

/// A service that is a door of the mesh: exactly one of ingress, terminating and mesh.
///
/// @param proxy how the door's proxy is set up
/// @param ingress a door into the mesh
/// @param terminating a door from the mesh to services outside
/// @param mesh a door between meshes
public record Gateway(
        Optional<GatewayProxy> proxy,
        Optional<IngressGateway> ingress,
        Optional<TerminatingGateway> terminating,
        Optional<MeshGatewayDoor> mesh) {}
