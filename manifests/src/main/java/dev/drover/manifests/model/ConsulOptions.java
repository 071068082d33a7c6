package dev.drover.manifests.model;

import java.util.Optional;

/// Which Consul a group or task talks to.
///
/// @param namespace the namespace in Consul
/// @param cluster which of several Consul clusters
/// @param partition the partition in Consul
public record ConsulOptions(
        Optional<String> namespace, Optional<String> cluster, Optional<String> partition) {}
