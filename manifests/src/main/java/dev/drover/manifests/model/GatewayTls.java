package dev.drover.manifests.model;

import java.util.List;
import java.util.Optional;

/// How a gateway encrypts.
///
/// @param enabled whether TLS is spoken
/// @param tlsMinVersion the oldest version of TLS
/// @param tlsMaxVersion the newest version of TLS
/// @param cipherSuites the ciphers that may be used
/// @param sds where certificates come from
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
