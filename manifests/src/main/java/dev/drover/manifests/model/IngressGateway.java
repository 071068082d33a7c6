package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// A door into the mesh.
///
/// @param tls whether and how TLS is spoken
/// @param listeners where it listens, and for what
public record IngressGateway(Optional<GatewayTls> tls, List<IngressListener> listeners) {
    public IngressGateway {
        listeners = List.copyOf(listeners);
    }
}
