package dev.drover.manifests.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a gateway's proxy is set up.
///
/// @param envoyGatewayBindAddresses by name
public record GatewayProxy(
        Optional<Duration> connectTimeout,
        Optional<Boolean> envoyGatewayBindTaggedAddresses,
        List<GatewayBindAddress> envoyGatewayBindAddresses,
        Optional<Boolean> envoyGatewayNoDefaultBind,
        Optional<String> envoyDnsDiscoveryType,
        Map<String, Value> config) {
    public GatewayProxy {
        envoyGatewayBindAddresses = List.copyOf(envoyGatewayBindAddresses);
        config = Copies.sorted(config);
    }
}
