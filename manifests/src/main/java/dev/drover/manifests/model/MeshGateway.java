package dev.drover.manifests.model;

import java.util.Optional;

/// How a service of another datacenter is reached.
///
/// @param mode `local`, `remote` or `none`
public record MeshGateway(Optional<String> mode) {}
