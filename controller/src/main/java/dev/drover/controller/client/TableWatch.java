package dev.drover.controller.client;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Changes of what a table shows, in order and without a gap: the rows as they are after each.
public final class TableWatch implements Closeable {
    private final Reply reply;
    private final BufferedReader lines;
    private ServerTable latest;

    TableWatch(Reply reply, ServerTable first) {
        this.reply = reply;
        this.lines =
                new BufferedReader(new InputStreamReader(reply.body(), StandardCharsets.UTF_8));
        this.latest = first;
    }

    /// The row of the next resource that is new, changed or gone; blocks until there is one. Empty
    /// when the server ended the watch. Fails with `Refused` when the server says why it ends.
    public Optional<TableRow> next() throws IOException {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Envelope.Event event = Envelope.event(line);
            switch (event.type()) {
                case "ADDED", "MODIFIED", "DELETED" -> {
                    latest = TableReader.read(event.object(), latest.columns());
                    return latest.rows().stream().findFirst();
                }
                case "ERROR" -> throw StatusReader.read(410, event.object());
                default -> {} // a bookmark: only says how far the watch is
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        reply.close();
    }
}
