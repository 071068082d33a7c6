package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// A service behind an ingress gateway.
public record IngressService(
        Optional<String> name,
        List<String> hosts,
        Optional<GatewayTls> tls,
        Optional<HeaderChanges> requestHeaders,
        Optional<HeaderChanges> responseHeaders,
        Optional<Integer> maxConnections,
        Optional<Integer> maxPendingRequests,
        Optional<Integer> maxConcurrentRequests) {
    public IngressService {
        hosts = List.copyOf(hosts);
    }
}
