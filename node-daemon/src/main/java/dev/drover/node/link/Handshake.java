package dev.drover.node.link;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The HTTP request that turns a connection into a WebSocket.
final class Handshake {
    /// From RFC 6455: whoever answers with its hash knows the protocol.
    private static final String PROOF = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int KEY_BYTES = 16;
    private static final int LINE_MAX = 4_096;
    private static final int HEADERS_MAX = 64;

    private Handshake() {}

    static void perform(InputStream in, OutputStream out, Endpoint endpoint, String path)
            throws IOException {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        String key = Base64.getEncoder().encodeToString(random);
        String request =
                """
                GET %s HTTP/1.1
                Host: %s
                Upgrade: websocket
                Connection: Upgrade
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: %s

                """
                        .formatted(path, endpoint, key)
                        .replace("\n", "\r\n");
        ask(in, out, request.getBytes(StandardCharsets.ISO_8859_1));
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 101")) {
            throw new IOException(endpoint + " refused the link: " + status);
        }
        Map<String, String> headers = new TreeMap<>();
        String line = line(in);
        while (!line.isEmpty()) {
            if (headers.size() == HEADERS_MAX) {
                throw new IOException(endpoint + " sends more than " + HEADERS_MAX + " headers");
            }
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            line = line(in);
        }
        if (!accept(key).equals(headers.getOrDefault("sec-websocket-accept", ""))) {
            throw new IOException(endpoint + " does not speak WebSocket");
        }
    }

    /// A server that does not want our certificate says so only after the handshake of TLS, and
    /// hangs up: then the write fails, and the reason waits to be read.
    private static void ask(InputStream in, OutputStream out, byte[] request) throws IOException {
        try {
            out.write(request);
        } catch (IOException hungUp) {
            in.read();
            throw hungUp;
        }
    }

    static String accept(String key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + PROOF).getBytes(StandardCharsets.ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended in the handshake");
            }
            if (line.length() == LINE_MAX) {
                throw new IOException("a header of more than " + LINE_MAX + " bytes");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
