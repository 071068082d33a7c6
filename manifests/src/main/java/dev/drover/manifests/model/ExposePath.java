package dev.drover.manifests.model;

import java.util.Optional;

/// One path that is open without the mesh.
///
/// @param path the path of the http request
/// @param protocol `http` or `http2`
/// @param localPathPort where the service itself answers it
/// @param listenerPort a label of the network
public record ExposePath(
        Optional<String> path,
        Optional<String> protocol,
        Optional<Integer> localPathPort,
        Optional<String> listenerPort) {}
