package dev.drover.controller.nodes;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Where nodes of other machines come in, and by what they and this server are known: three files
/// in PEM form.
///
/// @param address where to listen; port 0 takes any free one
/// @param authority whose certificates nodes must have; several may stand in it
/// @param certificate the server's own, then those between it and the authority
/// @param key of that certificate
/// @param lookEvery how often the files are looked at: a renewed certificate needs no restart
public record NodeDoor(
        InetSocketAddress address, Path authority, Path certificate, Path key, Duration lookEvery) {
    /// The port of Nomad's servers for their clients.
    public static final int PORT = 4647;

    /// Certificates are renewed days before they end.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);

    /// As the product looks at them.
    public static NodeDoor of(InetSocketAddress address, Path authority, Path own, Path key) {
        return new NodeDoor(address, authority, own, key, LOOK_EVERY);
    }

    List<Path> files() {
        return List.of(authority, certificate, key);
    }
}
