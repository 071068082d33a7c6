package dev.drover.controller.client;

import java.util.Optional;

/// Where a server listens.
///
/// @param host a name or an IP address; IPv6 without its brackets
/// @param port 1 to 65535
public record Address(String host, int port) {
    /// Nomad's port, so that what people know works.
    public static final Address DEFAULT = new Address("127.0.0.1", 4646);

    private static final String SCHEME = "http://";
    private static final int PORT_MAX = 65_535;

    /// Reads `host`, `host:port`, `[ipv6]:port`, each with or without `http://` before and `/`
    /// after it. The port is that of `DEFAULT` when it is missing. Empty when `text` is none of
    /// these; `https://` is not spoken yet.
    public static Optional<Address> parse(String text) {
        String rest = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : text;
        rest = rest.endsWith("/") ? rest.substring(0, rest.length() - 1) : rest;
        if (rest.contains("/") || rest.chars().anyMatch(c -> c <= ' ')) {
            return Optional.empty();
        }
        if (rest.startsWith("[")) {
            int end = rest.indexOf(']');
            return end < 0
                    ? Optional.empty()
                    : withPort(rest.substring(1, end), rest.substring(end + 1));
        }
        int colon = rest.indexOf(':');
        return colon < 0
                ? withPort(rest, "")
                : withPort(rest.substring(0, colon), rest.substring(colon));
    }

    private static Optional<Address> withPort(String host, String port) {
        if (host.isEmpty()) {
            return Optional.empty();
        }
        if (port.isEmpty()) {
            return Optional.of(new Address(host, DEFAULT.port));
        }
        if (!port.matches(":[0-9]{1,5}")) {
            return Optional.empty();
        }
        int number = Integer.parseInt(port.substring(1));
        return number < 1 || number > PORT_MAX
                ? Optional.empty()
                : Optional.of(new Address(host, number));
    }

    /// `host:port`, as in a URL and in the `Host` header.
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
