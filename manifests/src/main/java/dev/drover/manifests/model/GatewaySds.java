package dev.drover.manifests.model;

import java.util.Optional;

/// Where a gateway's proxy gets its certificate.
public record GatewaySds(Optional<String> clusterName, Optional<String> certResource) {}
