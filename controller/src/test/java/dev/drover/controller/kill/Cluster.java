package dev.drover.controller.kill;

import dev.drover.controller.testing.Http;
import dev.drover.controller.testing.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The programs of a story on one port and one folder, and how to ask them.
final class Cluster {
    /// How long a restarted program may take on a busy machine.
    private static final Duration READY_WAIT = Duration.ofSeconds(60);

    private final List<Program> programs;
    private final Http http;

    private Cluster(List<Program> programs, int port) {
        this.programs = programs;
        http = new Http(port);
    }

    /// One process with both roles.
    static Cluster agent(Path folder) throws IOException {
        int port = freePort();
        Program agent =
                new Program(
                        folder.resolve("agent.log"),
                        "agent",
                        "--dev",
                        "--http=127.0.0.1:" + port,
                        "--data-dir=" + folder.resolve("data"));
        return new Cluster(List.of(agent), port);
    }

    /// Server and node as two processes.
    static Cluster split(Path folder) throws IOException {
        int port = freePort();
        Program server =
                new Program(
                        folder.resolve("server.log"),
                        "server",
                        "--http=127.0.0.1:" + port,
                        "--data-dir=" + folder.resolve("data/server"));
        Program node =
                new Program(
                        folder.resolve("node.log"),
                        "node",
                        "--server=http://127.0.0.1:" + port,
                        "--data-dir=" + folder.resolve("data/node"));
        return new Cluster(List.of(server, node), port);
    }

    void start() throws IOException, InterruptedException {
        for (Program program : programs) {
            program.start();
        }
        awaitReady();
    }

    /// Kills one program, or now and then all of them, and starts what was killed.
    void killSome(RandomGenerator chance) throws IOException, InterruptedException {
        boolean all = chance.nextInt(4) == 0;
        Program one = programs.get(chance.nextInt(programs.size()));
        List<Program> victims = all ? programs : List.of(one);
        for (Program victim : victims) {
            victim.kill();
        }
        for (Program victim : victims) {
            victim.start();
        }
    }

    /// Sends a write; empty when nobody knows whether it was taken.
    Optional<HttpResponse<String>> write(String method, String path, String json)
            throws InterruptedException {
        try {
            return Optional.of(http.send(method, path, json));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// Reads; empty when nobody answers.
    Optional<String> read(String path) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.read(path);
            return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private void awaitReady() throws InterruptedException {
        Patience.until("the server is ready", READY_WAIT, () -> read("/readyz").isPresent());
    }

    /// Ends every program.
    void end() throws InterruptedException {
        for (Program program : programs) {
            program.end();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
