package dev.drover.controller.bench;

import dev.drover.controller.nodes.LinkTimes;
import dev.drover.controller.server.Server;
import dev.drover.controller.server.ServerConfig;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.Node;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A whole server whose nodes are registered and silent, and callers with a connection each. Jobs
/// are written out before the clock runs, and answers are not read further than their length: the
/// callers share the machine with the server.
final class Served implements AutoCloseable {
    private static final String JOBS = "/apis/drover.dev/v1/namespaces/default/jobs/";
    private static final String WATCH =
            """
            GET /apis/drover.dev/v1/allocations?watch=true HTTP/1.1\r
            Host: 127.0.0.1\r
            Accept: application/json;as=Table;g=meta.k8s.io;v=v1\r
            \r
            """;

    private final Server server;

    Served(Path folder, List<Node> nodes) throws IOException, InterruptedException {
        try (Core core = new Core(folder.resolve("store"), nodes)) {
            core.node(nodes.getFirst().metadata().name());
        }
        server =
                Server.start(
                        ServerConfig.of(
                                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                                        folder)
                                .withTimes(LinkTimes.STANDARD.withGrace(Duration.ofHours(1))));
    }

    /// Puts jobs of one copy each; returns when a watch has shown an allocation of each.
    ///
    /// @return what it took, in milliseconds
    double wave(String name, int jobs, int callers) throws Exception {
        Job model = Fleet.job(name, 1, 20, 20, false);
        List<List<byte[]>> requests = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            if (i < callers) {
                requests.add(new ArrayList<>());
            }
            requests.get(i % callers).add(put(model, name + "-" + i));
        }
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
                Socket watch = socket()) {
            watch.getOutputStream().write(WATCH.getBytes(StandardCharsets.US_ASCII));
            BufferedReader lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    watch.getInputStream(), StandardCharsets.ISO_8859_1),
                            1 << 20);
            Future<Integer> seen = executor.submit(() -> count(lines, '"' + name + '-', jobs));
            long begin = System.nanoTime();
            List<Future<Integer>> calls = new ArrayList<>();
            requests.forEach(some -> calls.add(executor.submit(() -> call(some))));
            for (Future<Integer> call : calls) {
                call.get();
            }
            System.out.printf(
                    "# all jobs were taken after %.1f s%n", (System.nanoTime() - begin) / 1e9);
            seen.get();
            return (System.nanoTime() - begin) / 1e6;
        } catch (ExecutionException e) {
            throw new IOException("a caller failed", e.getCause());
        }
    }

    private static byte[] put(Job model, String name) {
        String body = RecordJson.manifest(model).replace(model.metadata().name(), name);
        String head =
                "PUT %s%s HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(JOBS, name, body.length());
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    private Socket socket() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setTcpNoDelay(true);
        return socket;
    }

    private int call(List<byte[]> requests) throws IOException {
        try (Socket socket = socket()) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (byte[] request : requests) {
                socket.getOutputStream().write(request);
                answer(in);
            }
        }
        return requests.size();
    }

    private static void answer(InputStream in) throws IOException {
        String status = line(in);
        if (!status.startsWith("HTTP/1.1 201")) {
            throw new IOException("refused: " + status);
        }
        int length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Integer.parseInt(header.substring(15).strip());
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /// Reads lines until so many tell of something added that has this text.
    private static int count(BufferedReader lines, String text, int wanted) throws IOException {
        int seen = 0;
        while (seen < wanted) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("the watch ended");
            }
            if (line.contains("\"ADDED\"") && line.contains(text)) {
                seen++;
            }
        }
        return seen;
    }

    @Override
    public void close() {
        server.close();
    }
}
