package dev.drover.manifests.model;

import java.util.Optional;

/// An address that a gateway's proxy listens on.
///
/// @param key what the proxy calls it
/// @param name the listener's name
/// @param address the address it listens on
/// @param port the port it listens on
public record GatewayBindAddress(
        String key, Optional<String> name, Optional<String> address, Optional<Integer> port) {}
