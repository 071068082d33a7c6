package dev.drover.manifests.model;

import java.util.Optional;

/// Where a gateway's proxy gets its certificate.
///
/// @param clusterName the cluster that hands out certificates
/// @param certResource the certificate's name there
public record GatewaySds(Optional<String> clusterName, Optional<String> certResource) {}
