package dev.drover.controller.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The answer to a request; its body is read as it arrives. Closing it ends the connection.
public final class Reply implements Closeable {
    /// Longest body that `text` takes: a list of 10,000 jobs fits many times, an endless stream
    /// does not fill the memory of a command.
    static final int TEXT_MAX = 64 << 20;

    private final int status;
    private final Map<String, String> headers;
    private final InputStream body;
    private final Socket socket;

    Reply(int status, Map<String, String> headers, InputStream body, Socket socket) {
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.body = body;
        this.socket = socket;
    }

    /// The status code.
    public int status() {
        return status;
    }

    /// Whether the server did what was asked.
    public boolean success() {
        return status >= 200 && status < 300;
    }

    /// The value of a header, by its name in lower case; empty when there is none.
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /// The bytes as they come; reading blocks until there are some.
    public InputStream body() {
        return body;
    }

    /// The whole body. Fails with an `IOException` when it is cut short or longer than 64 MiB.
    public String text() throws IOException {
        byte[] bytes = body.readNBytes(TEXT_MAX + 1);
        if (bytes.length > TEXT_MAX) {
            throw new IOException("the answer is longer than " + (TEXT_MAX >> 20) + " MiB");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
