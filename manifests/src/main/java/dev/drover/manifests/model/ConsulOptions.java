package dev.drover.manifests.model;

import java.util.Optional;

/// Which Consul a group or task talks to.
public record ConsulOptions(
        Optional<String> namespace, Optional<String> cluster, Optional<String> partition) {}
