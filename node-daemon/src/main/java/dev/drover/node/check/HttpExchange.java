package dev.drover.node.check;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One HTTP/1.1 request and the beginning of its answer, on a connection of its own. Java's own
/// client is too large for this daemon, and does not let a check name its `Host`.
final class HttpExchange {
    private static final int LINE_MAX = 8_192;
    private static final int HEADERS_MAX = 100;

    private HttpExchange() {}

    /// As much of an answer as a check needs.
    ///
    /// @param location where a redirect leads
    record Reply(int status, String reason, Optional<String> location, String body) {}

    static Reply perform(Socket socket, URI url, Probe.Http check) throws IOException {
        socket.getOutputStream().write(request(url, check));
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String[] first = line(in).split(" ", 3);
        if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !number(first[1])) {
            throw new IOException("what answers does not speak HTTP");
        }
        Optional<String> location = Optional.empty();
        int headers = 0;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (++headers > HEADERS_MAX) {
                throw new IOException("the answer has more than " + HEADERS_MAX + " headers");
            }
            if (line.toLowerCase(Locale.ROOT).startsWith("location:")) {
                location = Optional.of(line.substring("location:".length()).strip());
            }
        }
        return new Reply(
                Integer.parseInt(first[1]),
                first.length > 2 ? first[2] : "",
                location,
                new String(in.readNBytes(Outcome.OUTPUT_MAX), StandardCharsets.UTF_8).strip());
    }

    private static boolean number(String text) {
        return text.length() == 3 && text.chars().allMatch(Character::isDigit);
    }

    private static byte[] request(URI url, Probe.Http check) throws IOException {
        byte[] body = check.body().getBytes(StandardCharsets.UTF_8);
        String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
        StringBuilder head = new StringBuilder();
        head.append(check.method() + " " + url.getRawPath() + query + " HTTP/1.1\r\n");
        if (check.headers().keySet().stream().noneMatch(k -> k.equalsIgnoreCase("host"))) {
            head.append("Host: " + url.getRawAuthority() + "\r\n");
        }
        head.append("User-Agent: drover-check\r\nConnection: close\r\n");
        if (body.length > 0) {
            head.append("Content-Length: " + body.length + "\r\n");
        }
        for (Map.Entry<String, List<String>> header : check.headers().entrySet()) {
            header.getValue()
                    .forEach(value -> head.append(header.getKey() + ": " + value + "\r\n"));
        }
        if (head.toString().replace("\r\n", "").chars().anyMatch(c -> c == '\r' || c == '\n')) {
            throw new IOException("a header of the check holds a line break");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes((head + "\r\n").getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection ended before the answer did");
            }
            if (line.length() == LINE_MAX) {
                throw new IOException("the answer has a line of more than " + LINE_MAX + " bytes");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
