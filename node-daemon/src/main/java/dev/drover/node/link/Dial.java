package dev.drover.node.link;

import java.util.Optional;

/// Which server to dial.
///
/// @param url `https://HOST:PORT`, or `http://127.0.0.1:PORT` on the same machine
/// @param tls needed with https
public record Dial(String url, Optional<TlsFiles> tls) {
    /// A server on this machine, in the clear.
    public static Dial plain(String url) {
        return new Dial(url, Optional.empty());
    }
}
