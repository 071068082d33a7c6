package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// A service behind an ingress gateway.
///
/// @param name the service, or `*`
/// @param hosts the host names that lead to it
/// @param tls whether and how TLS is spoken
/// @param requestHeaders what is changed in requests
/// @param responseHeaders what is changed in answers
/// @param maxConnections connections at once
/// @param maxPendingRequests requests that may wait
/// @param maxConcurrentRequests requests at once
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
