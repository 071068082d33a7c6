package dev.drover.manifests.model;

import java.util.Map;
import java.util.Optional;

/// Another service that a proxy leads to.
///
/// @param destinationName the service that is called
/// @param destinationNamespace its namespace in Consul
/// @param destinationPeer its cluster, if another one
/// @param destinationPartition its partition in Consul
/// @param destinationType `service` or `prepared_query`
/// @param datacenter where it is looked for
/// @param localBindAddress where the task finds it
/// @param localBindPort the port where the task finds it
/// @param localBindSocketPath a socket instead of address and port
/// @param localBindSocketMode the socket's permissions
/// @param meshGateway through which doors it is reached
/// @param config what only the proxy understands
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
