package dev.drover.manifests.model;

import java.util.Optional;

/// What is said about a namespace.
public record NamespaceSpec(Optional<String> description) {}
