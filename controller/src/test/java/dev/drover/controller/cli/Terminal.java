package dev.drover.controller.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Somebody's terminal in a test: types a command and keeps what it prints.
final class Terminal {
    /// The time at which every command in a test runs.
    static final Instant NOW = Instant.parse("2026-11-24T18:45:20Z");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment;
    private final boolean colours;
    private final InstantSource clock;

    Terminal(Map<String, String> environment, boolean colours) {
        this(environment, colours, InstantSource.fixed(NOW));
    }

    /// One that knows what time it is: for commands that say when.
    static Terminal of(String server) {
        return new Terminal(Map.of("DROVER_ADDR", server), false, InstantSource.system());
    }

    private Terminal(Map<String, String> environment, boolean colours, InstantSource clock) {
        this.clock = clock;
        this.environment = environment;
        this.colours = colours;
    }

    /// One without colours and without a server.
    static Terminal plain() {
        return new Terminal(Map.of(), false);
    }

    /// Types a command and returns its exit code.
    int type(String... words) {
        var session = new Session(new Out(out, err, colours), environment, clock);
        return new Cli(List.of(new Commands())).run(List.of(words), session);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
