package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// A port on which an ingress gateway listens.
///
/// @param port the port
/// @param protocol `tcp`, `http`, `http2` or `grpc`
/// @param services who is behind it
public record IngressListener(
        Optional<Integer> port, Optional<String> protocol, List<IngressService> services) {
    public IngressListener {
        services = List.copyOf(services);
    }
}
