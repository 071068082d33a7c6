package dev.drover.controller.client;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// HTTP/1.1 over a plain socket: one connection for each request, no redirects, no cookies. The
/// JDK's own client would cost a command more time than the request.
public final class Http {
    /// How long to wait for a connection: a server on this or the next machine answers at once.
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);

    /// How long to wait for the next byte of an answer that is not endless.
    private static final Duration READ_PATIENCE = Duration.ofSeconds(60);

    /// Longest line of a head, as most servers have it.
    private static final int LINE_MAX = 8192;

    /// Most header lines: ours sends about five.
    private static final int HEADERS_MAX = 100;

    private final Address address;
    private final Duration patience;

    /// A client of the server at `address`.
    public Http(Address address) {
        this(address, READ_PATIENCE);
    }

    /// @param patience with an answer that is not endless
    Http(Address address, Duration patience) {
        this.address = address;
        this.patience = patience;
    }

    /// The server it speaks to.
    public Address address() {
        return address;
    }

    /// Sends a request and reads the head of the answer. Fails with `Unreachable` when nobody
    /// listens, with `Unanswered` when nothing comes back, else with an `IOException` when what
    /// answers does not speak HTTP/1.1.
    public Reply send(Request request) throws IOException {
        Socket socket = connect();
        try {
            socket.setSoTimeout(request.endless() ? 0 : (int) patience.toMillis());
            socket.getOutputStream().write(bytes(request));
            return reply(socket);
        } catch (SocketException | SocketTimeoutException | EOFException e) {
            socket.close();
            throw new Unanswered(address, !request.method().equals("GET"), e);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(Proxy.NO_PROXY); // without reading whether there is one
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.connect(
                    new InetSocketAddress(address.host(), address.port()),
                    (int) CONNECT_PATIENCE.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw new Unreachable(address, e);
        }
    }

    /// Head and body in one write: one packet for most requests.
    private byte[] bytes(Request request) {
        byte[] body = request.body().orElse("").getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder(256);
        head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(address).append("\r\n");
        head.append("Accept: ").append(request.accept());
        head.append("\r\nUser-Agent: drover\r\nConnection: close\r\n");
        if (!request.method().equals("GET")) {
            head.append("Content-Type: application/json\r\n");
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        byte[] headBytes = head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = new byte[headBytes.length + body.length];
        System.arraycopy(headBytes, 0, all, 0, headBytes.length);
        System.arraycopy(body, 0, all, headBytes.length, body.length);
        return all;
    }

    private Reply reply(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        int status = status(line(in));
        Map<String, String> headers = headers(in);
        return new Reply(status, headers, body(in, status, headers), socket);
    }

    private int status(String line) throws IOException {
        if (!line.matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
            throw new IOException("what listens on " + address + " does not speak HTTP/1.1");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (int count = 0; count <= HEADERS_MAX; count++) {
            String line = line(in);
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IOException("the answer has a header without a name: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        throw new IOException("the answer has more than " + HEADERS_MAX + " headers");
    }

    private static InputStream body(InputStream in, int status, Map<String, String> headers)
            throws IOException {
        if (status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return new ChunkedBody(in);
        }
        String length = headers.getOrDefault("content-length", "");
        if (length.isEmpty()) {
            return in;
        }
        if (!length.matches("[0-9]{1,18}")) {
            throw new IOException("the answer has a Content-Length that is no number: " + length);
        }
        return new SizedBody(in, Long.parseLong(length));
    }

    /// The next line of a head, without its end.
    static String line(InputStream in) throws IOException {
        var line = new StringBuilder(80);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection in the middle of a line");
            }
            if (line.length() == LINE_MAX) {
                throw new IOException("the answer has a line longer than " + LINE_MAX + " bytes");
            }
            line.append((char) c);
        }
        int last = line.length() - 1;
        return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
    }
}
