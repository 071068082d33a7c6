package dev.drover.manifests.model;

import java.util.Optional;

/// An address that a gateway's proxy listens on.
///
/// @param name what the proxy calls it
/// @param address the address it listens on
/// @param port the port it listens on
public record GatewayBindAddress(String name, Optional<String> address, Optional<Integer> port) {}
