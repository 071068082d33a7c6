package dev.drover.manifests.model;

import java.util.Optional;

/// An address that a gateway's proxy listens on.
///
/// @param key what the proxy calls it
public record GatewayBindAddress(
        String key, Optional<String> name, Optional<String> address, Optional<Integer> port) {}
