package dev.drover.manifests.model;

import java.util.Optional;

/// A port by its label.
///
/// @param label unique within the network
/// @param staticPort that very port of the host; a free one of the dynamic range when absent
/// @param to the port inside the jail; the host's when absent or 0
/// @param hostNetwork which of the node's networks; `default` when absent
/// @param ignoreCollision whether another one may have the same number
public record Port(
        String label,
        Optional<Integer> staticPort,
        Optional<Integer> to,
        Optional<String> hostNetwork,
        Optional<Boolean> ignoreCollision) {
    /// The network of a node's own address.
    public static final String DEFAULT_NETWORK = "default";

    /// The network that it is asked for in.
    public String network() {
        return hostNetwork.orElse(DEFAULT_NETWORK);
    }
}
