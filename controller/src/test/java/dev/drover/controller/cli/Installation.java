package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.controller.dev.DevAgent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A whole Drover in this process, its node ready, and somebody who types at it.
final class Installation implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DevAgent agent;

    private Installation(DevAgent agent) {
        this.agent = agent;
    }

    /// @param data where it keeps everything; a temporary folder when absent
    static Installation start(Optional<Path> data) throws IOException, InterruptedException {
        var anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var started = new Installation(DevAgent.start(anyPort, data));
        await().atMost(PATIENCE)
                .until(() -> started.type("node", "status").out().contains("ready"));
        return started;
    }

    /// One at which commands may complain.
    Terminal terminal() {
        return new Terminal(Map.of("DROVER_ADDR", "127.0.0.1:" + agent.port()), false);
    }

    /// What a command says beside its output, when nobody reads that any more, as `head` does it.
    Typed unread(String... words) {
        OutputStream closed =
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Session session =
                new Session(
                        new Out(closed, err, false),
                        Map.of("DROVER_ADDR", "127.0.0.1:" + agent.port()),
                        InstantSource.system());
        int code = new Cli(List.of(new Commands())).run(List.of(words), session);
        return new Typed(code, err.toString(StandardCharsets.UTF_8));
    }

    /// What a command printed, and its exit code.
    record Typed(int code, String out) {}

    /// Types a command, which must not complain but of a task's own network: the article has it.
    Typed type(String... words) {
        Terminal terminal = terminal();
        int code = terminal.type(words);
        assertThat(terminal.err().lines().filter(line -> !line.startsWith(" ")))
                .as(String.join(" ", words))
                .allMatch(line -> line.contains(" W1402 "));
        return new Typed(code, terminal.out());
    }

    /// What is said to somebody who types what cannot be.
    String complaint(String... words) {
        Terminal terminal = terminal();
        assertThat(terminal.type(words)).isEqualTo(1);
        return terminal.err();
    }

    /// What its server answers to a GET.
    String page(String path) throws IOException, InterruptedException {
        var url = URI.create("http://127.0.0.1:" + agent.port() + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(url).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /// The ids of a job's allocations as `status` lists them, newest first.
    List<String> allocations(String job) {
        return type("status", job)
                .out()
                .lines()
                .dropWhile(line -> !line.equals("Allocations"))
                .skip(2)
                .takeWhile(line -> !line.isBlank())
                .map(line -> line.split(" ")[0])
                .toList();
    }

    @Override
    public void close() throws IOException {
        agent.close();
    }
}
