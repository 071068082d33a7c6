package dev.drover.manifests.model;

import java.util.Optional;

/// What operators want of a node.
///
/// @param eligible whether it takes new allocations
/// @param drain present while its allocations should leave
public record NodeSpec(boolean eligible, Optional<DrainSpec> drain) {
    /// A node that nobody has said anything about.
    public static NodeSpec open() {
        return new NodeSpec(true, Optional.empty());
    }
}
