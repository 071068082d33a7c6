package dev.drover.node.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/// Where the controller is, and how it is spoken to: over TLS 1.3 with certificates on both sides,
/// or in the clear when it is on this very machine.
public record Endpoint(String host, int port, Optional<TlsFiles> tls) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;
    private static final String[] PROTOCOLS = {"TLSv1.3"};

    /// What the keys of a link are agreed on with. For each kind of group that is named, Java makes
    /// a key before it says its first word; of the others, P-256 takes 120 ms of a cold start.
    private static final String[] QUICK_GROUP = {"x25519"};

    /// The alert of who finds none of the groups, among other things: most, and Java.
    private static final List<String> NOTHING_IN_COMMON =
            List.of("handshake_failure", "unexpected_message");

    /// Of a URL like `https://10.0.0.1:4647`.
    ///
    /// @throws IOException says what is wrong with it, or which files it needs
    public static Endpoint of(String url, Optional<TlsFiles> tls) throws IOException {
        URI uri = parsed(url);
        boolean secure = "https".equals(uri.getScheme());
        if (uri.getHost() == null || (!secure && !"http".equals(uri.getScheme()))) {
            throw new IOException(
                    "server \""
                            + url
                            + "\" is not like https://HOST:PORT or http://127.0.0.1:PORT");
        }
        if (secure && tls.isEmpty()) {
            throw new IOException(
                    url
                            + " is spoken to with certificates: give --tls-ca, --tls-cert and --tls-key");
        }
        if (!secure && tls.isPresent()) {
            throw new IOException(
                    url + " is in the clear, so certificates are of no use: write https://");
        }
        if (!secure && !loopback(uri.getHost())) {
            throw new IOException(
                    ("refused to dial %s: whoever listens in between could run programs here; use"
                                    + " https:// with --tls-ca, --tls-cert and --tls-key, or a"
                                    + " server on 127.0.0.1")
                            .formatted(url));
        }
        int standard = secure ? HTTPS : HTTP;
        String host = uri.getHost().replaceAll("^\\[|]$", ""); // an IPv6 address has brackets there
        return new Endpoint(host, uri.getPort() < 0 ? standard : uri.getPort(), tls);
    }

    private static URI parsed(String url) throws IOException {
        try {
            return URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IOException("server \"" + url + "\" is no URL: " + e.getMessage(), e);
        }
    }

    private static boolean loopback(String host) {
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }

    /// The state of the files that it is spoken to with; always the same where there are none.
    String credentials() {
        return tls.map(TlsFiles::state).orElse("");
    }

    /// Whether the files can be used as they are now.
    ///
    /// @throws IOException says which cannot
    void check() throws IOException {
        if (tls.isPresent()) {
            tls.get().context();
        }
    }

    /// Why there is no connection, and what to do where the files are to blame.
    String because(IOException failure) {
        String said = String.valueOf(failure.getMessage());
        boolean secured =
                failure instanceof SSLException || failure.getCause() instanceof SSLException;
        return tls.filter(_ -> secured)
                .flatMap(files -> files.blame(said))
                .map(blame -> blame + " (" + said + ")")
                .orElse(said);
    }

    /// A connected socket, with the controller's certificate checked where there is one.
    ///
    /// @param dialled hears of each socket before anything waits for it: whoever closes it ends
    ///   that
    Socket connect(Duration max, Consumer<Socket> dialled) throws IOException {
        if (tls.isEmpty()) {
            return plain(max, dialled);
        }
        try {
            return first(max, dialled, tls.get());
        } catch (SSLException e) {
            throw new IOException("the server's certificate or TLS: " + e.getMessage(), e);
        }
    }

    /// With one group, then with all: whatever stands before a server may not know that one.
    private Socket first(Duration max, Consumer<Socket> dialled, TlsFiles files)
            throws IOException {
        try {
            return secured(plain(max, dialled), files, p -> p.setNamedGroups(QUICK_GROUP));
        } catch (SSLException e) {
            if (NOTHING_IN_COMMON.stream().noneMatch(String.valueOf(e.getMessage())::contains)) {
                throw e;
            }
            return secured(plain(max, dialled), files, _ -> {});
        }
    }

    private Socket plain(Duration max, Consumer<Socket> dialled) throws IOException {
        Socket plain = new Socket(Proxy.NO_PROXY); // without reading whether there is one
        dialled.accept(plain);
        try {
            plain.connect(new InetSocketAddress(host, port), (int) max.toMillis());
            plain.setTcpNoDelay(true);
            plain.setSoTimeout((int) max.toMillis());
            return plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private Socket secured(Socket plain, TlsFiles files, Consumer<SSLParameters> groups)
            throws IOException {
        try {
            SSLSocket secure =
                    (SSLSocket)
                            files.context()
                                    .getSocketFactory()
                                    .createSocket(plain, host, port, true);
            SSLParameters parameters = secure.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            parameters.setProtocols(PROTOCOLS);
            groups.accept(parameters);
            secure.setSSLParameters(parameters);
            secure.startHandshake();
            return secure;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    /// As in the `Host` header.
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
