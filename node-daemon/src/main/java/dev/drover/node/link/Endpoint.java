package dev.drover.node.link;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// Where the controller is.
public record Endpoint(String host, int port, boolean tls) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /// Of a URL like `http://10.0.0.1:4646`.
    ///
    /// @throws IllegalArgumentException says what is wrong with it
    public static Endpoint of(String url) {
        URI uri = URI.create(url);
        boolean tls = "https".equals(uri.getScheme());
        boolean http = tls || "http".equals(uri.getScheme());
        if (uri.getHost() == null || !http) {
            throw new IllegalArgumentException(
                    "server \"" + url + "\" is not like http://HOST:PORT");
        }
        int standard = tls ? HTTPS : HTTP;
        return new Endpoint(uri.getHost(), uri.getPort() < 0 ? standard : uri.getPort(), tls);
    }

    /// A connected socket, with the controller's certificate checked where there is one.
    Socket connect(Duration max) throws IOException {
        Socket plain = new Socket();
        plain.connect(new InetSocketAddress(host, port), (int) max.toMillis());
        plain.setTcpNoDelay(true);
        if (!tls) {
            return plain;
        }
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secure = (SSLSocket) factory.createSocket(plain, host, port, true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3"});
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /// As in the `Host` header.
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
