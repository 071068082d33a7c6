package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// How a gateway encrypts.
public record GatewayTls(
        Optional<Boolean> enabled,
        Optional<String> tlsMinVersion,
        Optional<String> tlsMaxVersion,
        List<String> cipherSuites,
        Optional<GatewaySds> sds) {
    public GatewayTls {
        cipherSuites = List.copyOf(cipherSuites);
    }
}
