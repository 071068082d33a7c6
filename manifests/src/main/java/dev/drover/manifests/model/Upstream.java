package dev.drover.manifests.model;

import java.util.Map;
import java.util.Optional;

/// Another service that a proxy leads to.
public record Upstream(
        Optional<String> destinationName,
        Optional<String> destinationNamespace,
        Optional<String> destinationPeer,
        Optional<String> destinationPartition,
        Optional<String> destinationType,
        Optional<String> datacenter,
        Optional<String> localBindAddress,
        Optional<Integer> localBindPort,
        Optional<String> localBindSocketPath,
        Optional<String> localBindSocketMode,
        Optional<MeshGateway> meshGateway,
        Map<String, Value> config) {
    public Upstream {
        config = Copies.sorted(config);
    }
}
