package dev.drover.manifests.model;

import java.util.Optional;

/// A service outside of the mesh.
public record TerminatingService(
        Optional<String> name,
        Optional<String> caFile,
        Optional<String> certFile,
        Optional<String> keyFile,
        Optional<String> sni) {}
