package dev.drover.manifests.model;

import java.util.Optional;

/// A service outside of the mesh.
///
/// @param name the service
/// @param caFile who vouches for it
/// @param certFile the door's own certificate
/// @param keyFile its key
/// @param sni the name that is asked for
public record TerminatingService(
        Optional<String> name,
        Optional<String> caFile,
        Optional<String> certFile,
        Optional<String> keyFile,
        Optional<String> sni) {}
