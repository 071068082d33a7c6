package dev.drover.controller.client;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Changes of resources of one kind, or of their rows, in order and without a gap, from a revision
/// on.
public final class Watch<T> implements Closeable {
    /// The server remembers so much; who reads slowly may be behind that.
    private static final String EXPIRED = "Expired";

    private final Reply reply;
    private final BufferedReader lines;
    private final Reader<T> reader;

    /// What an event's object is.
    interface Reader<T> {
        T read(String object) throws IOException;
    }

    Watch(Reply reply, Reader<T> reader) {
        this.reply = reply;
        this.reader = reader;
        this.lines =
                new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
    }

    /// The next change; blocks until there is one. Empty when the server ended the watch, or has
    /// forgotten what comes next: list again. Fails with `Refused` when it ends for another reason.
    public Optional<Seen<T>> next() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Envelope.Event event = Envelope.event(line);
            switch (event.type()) {
                case "ADDED", "MODIFIED" -> {
                    return Optional.of(new Seen.Now<>(object(event)));
                }
                case "DELETED" -> {
                    return Optional.of(new Seen.Gone<>(object(event)));
                }
                case "ERROR" -> {
                    Refused why = StatusReader.read(410, event.object());
                    if (why.reason().equals(EXPIRED)) {
                        return Optional.empty();
                    }
                    throw why;
                }
                default -> {} // a bookmark: only says how far the watch is
            }
        }
        return Optional.empty();
    }

    private T object(Envelope.Event event) throws IOException {
        return reader.read(event.object());
    }

    @Override
    public void close() throws IOException {
        reply.close();
    }
}
