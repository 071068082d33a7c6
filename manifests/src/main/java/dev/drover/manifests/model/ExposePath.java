package dev.drover.manifests.model;

import java.util.Optional;

/// One path that is open without the mesh.
///
/// @param listenerPort a label of the network
public record ExposePath(
        Optional<String> path,
        Optional<String> protocol,
        Optional<Integer> localPathPort,
        Optional<String> listenerPort) {}
