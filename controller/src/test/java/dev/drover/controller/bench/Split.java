package dev.drover.controller.bench;

import dev.drover.controller.client.Address;
import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.controller.testing.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A server and a node as two processes, with TLS between them, started as people start them.
final class Split implements AutoCloseable {
    private static final String NODE = "bench";

    private final Path folder = Files.createTempDirectory("drover-bench-");
    private final Authority authority = Authority.in(folder.resolve("tls"));
    private final Authority.Issued ofNode = authority.issue(NODE);
    private final Address http = new Address("127.0.0.1", freePort());
    private final int door = freePort();
    private final Client client = new Client(http);
    private final Process server;
    private Process node;
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private Instant begun;
    private long links;

    Split() throws Exception {
        Authority.Issued ofServer = authority.issue("server");
        server =
                start(
                        "server",
                        "--http",
                        http.toString(),
                        "--nodes",
                        "127.0.0.1:" + door,
                        "--data-dir",
                        folder.resolve("server").toString(),
                        "--tls-cert",
                        ofServer.certificate().toString(),
                        "--tls-key",
                        ofServer.key().toString());
        while (!answers()) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos()); // a core that spins is missing to both
        }
        begun = Instant.now();
        node = startNode();
    }

    private Process startNode() throws IOException {
        return start(
                "node",
                "--server",
                "https://127.0.0.1:" + door,
                "--name",
                NODE,
                "--data-dir",
                data().toString(),
                "--tls-cert",
                ofNode.certificate().toString(),
                "--tls-key",
                ofNode.key().toString());
    }

    private Process start(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(Launcher.path()));
        command.addAll(List.of(words));
        command.addAll(List.of("--tls-ca", authority.certificate().toString()));
        Path log = folder.resolve(words[0] + ".log");
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    /// Ends the node, whose tasks live on, and starts it again.
    void restartNode() throws IOException, InterruptedException {
        end(node);
        links = linked();
        begun = Instant.now();
        node = startNode();
    }

    /// Waits until the node is registered; the time since it was started, in milliseconds.
    double registered() throws IOException {
        while (linked() == links) {
            if (!node.isAlive()) {
                throw new IOException(
                        "the node ended: " + Files.readString(folder.resolve("node.log")));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos()); // a core that spins is missing to both
        }
        return Figures.millis(begun, Instant.now());
    }

    Client client() {
        return client;
    }

    long node() {
        return node.pid();
    }

    Path data() {
        return folder.resolve("node");
    }

    private boolean answers() {
        try {
            return client.list(Type.NODES, "", Where.ANY).items().isEmpty();
        } catch (IOException _) {
            return false; // not listening yet
        }
    }

    /// How often the node has said that its link stands.
    private long linked() throws IOException {
        return Files.readAllLines(folder.resolve("node.log")).stream()
                .filter(line -> line.contains("linked to"))
                .count();
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    private static void end(Process process) throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("a process did not end within 30 s of being asked");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            end(node);
            end(server);
            Fleet.remove(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
