package dev.drover.manifests.model;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How a gateway's proxy is set up.
///
/// @param connectTimeout the longest a connection may take to be made
/// @param envoyGatewayBindTaggedAddresses whether it listens on the service's tagged addresses
/// @param envoyGatewayBindAddresses by name
/// @param envoyGatewayNoDefaultBind whether it listens nowhere but where it is told
/// @param envoyDnsDiscoveryType how names are looked up: `STRICT_DNS`, `LOGICAL_DNS`
/// @param config what only the proxy understands
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
