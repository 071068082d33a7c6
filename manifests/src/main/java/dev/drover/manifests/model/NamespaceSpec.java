package dev.drover.manifests.model;

import java.util.Optional;

/// What is said about a namespace.
///
/// @param description what it is for
public record NamespaceSpec(Optional<String> description) {}
