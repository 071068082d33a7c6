package dev.drover.controller.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Speaks HTTP/1.1 by hand, so that a test says exactly what is on the wire.
final class RawHttp {
    private RawHttp() {}

    /// Sends the text on a connection of its own and reads until the server closes it.
    static String exchange(int port, String text) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// A request with these header lines, closed by the server after its answer.
    static String request(String method, String path, String body, String... headers) {
        return method
                + " "
                + path
                + " HTTP/1.1\r\nConnection: close\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length
                + "\r\n"
                + String.join("\r\n", headers)
                + "\r\n\r\n"
                + body;
    }
}
