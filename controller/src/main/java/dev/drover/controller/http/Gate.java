package dev.drover.controller.http;

import java.net.URI;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Keeps web pages out: who may not set these headers freely is a browser. Checked before a byte of
/// the body is read, for WebSockets too.
///
/// - `Host` must name this machine's loopback or the address the server listens on, so that a name
///   which somebody else points at 127.0.0.1 (DNS rebinding) reaches nothing.
/// - `Origin`, which browsers send, must be such a host too.
/// - What writes must say JSON or YAML, which a page can only send after a preflight that nobody
///   answers.
public final class Gate {
    private static final Set<String> WRITING = Set.of("POST", "PUT", "PATCH");

    /// Bodies we read.
    private static final Set<String> CONTENT_TYPES =
            Set.of(
                    "application/json",
                    "application/yaml",
                    "application/x-yaml",
                    "application/merge-patch+json",
                    "application/json-patch+json",
                    "application/strategic-merge-patch+json",
                    "application/apply-patch+yaml",
                    "application/vnd.kubernetes.protobuf");

    private static final Pattern AUTHORITY =
            Pattern.compile("(\\[[0-9a-f:.]+]|[a-z0-9.-]+)(?::[0-9]{1,5})?");

    private final Set<String> hosts;

    /// Lets in requests for this machine's loopback and for the address it listens on.
    public Gate(String listenHost) {
        Set<String> all = new HashSet<>(Set.of("localhost", "[::1]"));
        all.add(listenHost.toLowerCase(Locale.ROOT));
        hosts = Set.copyOf(all);
    }

    /// Why the request is refused, or empty when it may come in.
    ///
    /// @param headers by lower-case name
    public Optional<Failure> refuse(String method, Map<String, String> headers) {
        String host = headers.getOrDefault("host", "");
        if (!ours(hostOf(host))) {
            return Optional.of(
                    Failure.of(
                            Reason.FORBIDDEN,
                            ("the Host header is \"%s\": this server answers only by its own"
                                            + " address; use 127.0.0.1 or localhost")
                                    .formatted(host)));
        }
        String origin = headers.get("origin");
        if (origin != null && !ours(originHost(origin))) {
            return Optional.of(
                    Failure.of(
                            Reason.FORBIDDEN,
                            "requests of web pages from \"%s\" are refused".formatted(origin)));
        }
        return refuseType(method, headers);
    }

    private static Optional<Failure> refuseType(String method, Map<String, String> headers) {
        boolean deletesWithBody = method.equals("DELETE") && headers.containsKey("content-type");
        if (!WRITING.contains(method) && !deletesWithBody) {
            return Optional.empty();
        }
        String type = Call.mediaType(headers.getOrDefault("content-type", ""));
        if (CONTENT_TYPES.contains(type)) {
            return Optional.empty();
        }
        return Optional.of(
                Failure.of(
                        Reason.UNSUPPORTED_MEDIA_TYPE,
                        ("%s needs Content-Type: application/json or application/yaml, not \"%s\","
                                        + " also when the body is empty")
                                .formatted(method, type)));
    }

    private boolean ours(String host) {
        return hosts.contains(host) || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    /// The host of `host[:port]`; empty when it is not of this form.
    private static String hostOf(String authority) {
        Matcher matcher = AUTHORITY.matcher(authority.toLowerCase(Locale.ROOT));
        return matcher.matches() ? matcher.group(1) : "";
    }

    private static String originHost(String origin) {
        try {
            URI uri = URI.create(origin);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getHost() != null ? uri.getHost().toLowerCase(Locale.ROOT) : "";
        } catch (IllegalArgumentException _) {
            return ""; // "null" and nonsense: nobody we know
        }
    }
}
