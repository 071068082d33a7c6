package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.controller.cli.Installation.Typed;
import dev.drover.controller.testing.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/// A server and three node daemons as four processes on this machine, and somebody who types.
final class ThreeNodes {
    private final Path folder;
    private final int port;
    private final Program server;
    private final Map<String, Program> nodes = new TreeMap<>();

    private ThreeNodes(Path folder) throws IOException {
        this.folder = folder;
        port = freePort();
        server =
                new Program(
                        folder.resolve("server.log"),
                        "server",
                        "--node-grace=8s", // a busy machine lets a node wait for seconds
                        "--http=127.0.0.1:" + port,
                        "--data-dir=" + folder.resolve("server"));
        for (String name : List.of("n1", "n2", "n3")) {
            nodes.put(
                    name,
                    new Program(
                            folder.resolve(name + ".log"),
                            "node",
                            "--name=" + name,
                            "--server=http://127.0.0.1:" + port,
                            "--data-dir=" + folder.resolve(name)));
        }
    }

    /// Starts all of them; when it returns, the nodes are ready.
    static ThreeNodes start(Path folder) throws IOException {
        ThreeNodes started = new ThreeNodes(folder);
        started.startServer();
        for (String name : started.nodes.keySet()) {
            started.startNode(name);
        }
        started.until("three nodes are ready", () -> started.ready() == 3);
        return started;
    }

    void startServer() throws IOException {
        server.start();
        until("the server answers", () -> terminal().type("status") == 0);
    }

    void killServer() throws InterruptedException {
        server.kill();
    }

    void startNode(String name) throws IOException {
        node(name).start();
    }

    void killNode(String name) throws InterruptedException {
        node(name).kill();
    }

    private Program node(String name) {
        return Optional.ofNullable(nodes.get(name)).orElseThrow();
    }

    /// Types a command, which must not complain.
    Typed type(String... words) {
        Terminal terminal = terminal();
        int code = terminal.type(words);
        assertThat(terminal.err()).as(String.join(" ", words)).isEmpty();
        return new Typed(code, terminal.out());
    }

    /// What a command printed.
    String out(String... words) {
        return type(words).out();
    }

    /// Waits for what other processes do.
    void until(String what, Callable<Boolean> so) {
        await(what).atMost(Installation.PATIENCE).until(so);
    }

    /// One at which commands may complain.
    Terminal terminal() {
        return Terminal.of("127.0.0.1:" + port);
    }

    private long ready() {
        return out("node", "status").lines().filter(line -> line.endsWith(" ready")).count();
    }

    /// The processes of tasks that sleep for so long: no two versions of a test's job do.
    static SortedSet<Long> sleepers(int seconds) {
        SortedSet<Long> found = new TreeSet<>();
        ProcessHandle.allProcesses()
                .filter(p -> commandLine(p.pid()).equals("/bin/sleep\0" + seconds + '\0'))
                .forEach(p -> found.add(p.pid()));
        return found;
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(
                    Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return ""; // it has ended meanwhile
        }
    }

    /// Purges every job that is not gone yet, and waits until nothing runs.
    void purge() {
        out("status")
                .lines()
                .skip(1)
                .map(line -> line.split(" ")[0])
                .filter(job -> !job.contains("/")) // launched ones go with their parents
                .forEach(job -> type("stop", "-purge", job));
        until(
                "nothing runs",
                () ->
                        helpers().stream()
                                .allMatch(p -> commandLine(p.pid()).endsWith("/bin/logger.pl\0")));
    }

    /// Supervisors, which have a node's folder in their command lines and live as long as their
    /// tasks, and of each node the one that makes loggers, which lives as long as that.
    private List<ProcessHandle> helpers() {
        return ProcessHandle.allProcesses()
                .filter(p -> {
                    String line = commandLine(p.pid());
                    return line.contains(folder.toString()) && !line.contains(Program.MAIN);
                })
                .toList();
    }

    /// Ends every program; nothing of them may be left.
    void end() throws InterruptedException {
        for (Program node : nodes.values()) {
            node.end();
        }
        server.end();
        try {
            until("nothing is left", () -> helpers().isEmpty());
        } finally {
            List<ProcessHandle> left = helpers();
            left.stream()
                    .flatMap(ProcessHandle::descendants)
                    .forEach(ProcessHandle::destroyForcibly);
            left.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
