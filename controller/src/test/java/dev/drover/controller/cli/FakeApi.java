package dev.drover.controller.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drover.controller.api.View;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Resource;
import dev.drover.store.Revision;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/// A server that keeps resources by their paths, with no thought behind it: what happens after a
/// write is scripted by the test.
final class FakeApi implements AutoCloseable {
    private static final String ROOT = "/apis/drover.dev/v1/";
    private static final String NONE = "{\"reason\":\"NotFound\",\"message\":\"there is none\"}";

    private final HttpServer server;
    private final Map<String, Resource> resources = new ConcurrentSkipListMap<>();
    private final Map<String, BlockingQueue<String>> watches = new ConcurrentSkipListMap<>();
    private final Map<String, String> texts = new ConcurrentSkipListMap<>();
    private final Set<String> broken = ConcurrentHashMap.newKeySet();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final List<Resource> consequences = new ArrayList<>();
    private volatile boolean endsWatches;
    private volatile boolean keepsStatus;
    private final List<String> writes = new ArrayList<>();

    FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /// A terminal whose DROVER_ADDR is this server.
    Terminal terminal() {
        return new Terminal(
                Map.of("DROVER_ADDR", "127.0.0.1:" + server.getAddress().getPort()), false);
    }

    FakeApi has(Resource... several) {
        for (Resource resource : several) {
            resources.put(path(resource), resource);
        }
        return this;
    }

    /// The answer to a path that is no resource.
    FakeApi says(String path, String text) {
        texts.put(path, text);
        return this;
    }

    /// What watches see after the next write, in this order.
    FakeApi then(Resource... several) {
        consequences.addAll(List.of(several));
        return this;
    }

    /// What watches see by themselves; no list has it.
    FakeApi sees(Resource... several) {
        for (Resource next : several) {
            queue(next.kind().plural()).add(event(next));
        }
        return this;
    }

    /// From now on a job that is written as it is keeps its status.
    FakeApi keepsStatus() {
        keepsStatus = true;
        return this;
    }

    /// The answer to a path that ends in the middle.
    FakeApi breaksOff(String path) {
        broken.add(path);
        return this;
    }

    /// The first answer to a path is that its node is not connected.
    FakeApi busyAtFirst(String path) {
        busy.add(path);
        return this;
    }

    /// From now on every watch ends before it began.
    FakeApi endsWatches() {
        endsWatches = true;
        return this;
    }

    /// Every write, as `METHOD path`.
    List<String> writes() {
        return List.copyOf(writes);
    }

    private static String path(Resource resource) {
        String namespace = resource.metadata().namespace();
        return (namespace.isEmpty() ? "" : "namespaces/" + namespace + "/")
                + resource.kind().plural()
                + "/"
                + resource.metadata().name();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query = String.valueOf(exchange.getRequestURI().getRawQuery());
            if (busy.remove(path)) {
                answer(exchange, 503, "{\"message\":\"node n1 is not connected\"}");
            } else if (broken.contains(path)) {
                exchange.sendResponseHeaders(200, 100);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
            } else if (!path.startsWith(ROOT) || texts.containsKey(path + "?" + query)) {
                answer(exchange, 200, texts.getOrDefault(path + "?" + query, ""));
            } else if (query.contains("watch=true")) {
                watch(exchange, path.substring(path.lastIndexOf('/') + 1));
            } else {
                resource(exchange, path.substring(ROOT.length()));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the test is over
        }
    }

    private void resource(HttpExchange exchange, String path) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "GET" -> read(exchange, path);
            case "DELETE" -> {
                writes.add("DELETE " + path);
                boolean found = resources.remove(path) != null;
                answer(exchange, found ? 200 : 404, found ? "{}" : NONE);
            }
            default -> write(exchange, path);
        }
    }

    private void read(HttpExchange exchange, String path) throws IOException {
        if (path.startsWith("prefix/")) {
            String[] parts = path.split("/");
            list(exchange, parts[1] + "/" + parts[2]);
            return;
        }
        boolean list = Kind.of(path.substring(path.lastIndexOf('/') + 1)).isPresent();
        if (list) {
            list(exchange, path + "/");
        } else if (resources.containsKey(path)) {
            answer(exchange, 200, view(exchange).one(resources.get(path)));
        } else {
            answer(exchange, 404, NONE);
        }
    }

    /// Every resource whose path has `part`.
    private void list(HttpExchange exchange, String part) throws IOException {
        List<Resource> found =
                resources.entrySet().stream()
                        .filter(e -> e.getKey().contains(part))
                        .map(Map.Entry::getValue)
                        .toList();
        Kind kind = found.isEmpty() ? Kind.JOB : found.getFirst().kind();
        var page = new View.Page(new Revision(41), Optional.empty());
        answer(exchange, 200, view(exchange).list(kind, found, page));
    }

    private static View view(HttpExchange exchange) {
        boolean table = exchange.getRequestHeaders().getFirst("Accept").contains("as=Table");
        return table
                ? new View.Rows("None", InstantSource.fixed(Instant.EPOCH), List::of)
                : new View.Whole();
    }

    /// Takes a job, or stops one; a replaced one has a generation more if it is another.
    private void write(HttpExchange exchange, String path) throws IOException {
        writes.add(exchange.getRequestMethod() + " " + path);
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Optional<Job> before = job(path.replace("/stop", ""));
        JobSpec spec =
                path.endsWith("/stop")
                        ? before.orElseThrow().spec().withStop(true)
                        : RecordJson.read(Job.class, body).spec();
        boolean same = before.map(Job::spec).equals(Optional.of(spec));
        Job sample = Samples.job(JobType.SERVICE, 1);
        long generation = before.isEmpty() || same ? 1 : 2;
        JobStatus status =
                before.filter(_ -> same && keepsStatus).map(Job::status).orElse(sample.status());
        var taken = new Job(sample.metadata().withGeneration(generation), spec, status);
        resources.put(path(taken), taken);
        for (Resource next : consequences) {
            resources.put(path(next), next);
            queue(next.kind().plural()).add(event(next));
        }
        String effect = before.isEmpty() ? "created" : same ? "unchanged" : "changed";
        exchange.getResponseHeaders().add("Drover-Effect", effect);
        answer(exchange, 200, RecordJson.manifest(taken));
    }

    private static String event(Resource next) {
        return "{\"type\":\"MODIFIED\",\"object\":" + RecordJson.manifest(next) + "}\n";
    }

    private Optional<Job> job(String path) {
        return resources.get(path) instanceof Job job ? Optional.of(job) : Optional.empty();
    }

    private BlockingQueue<String> queue(String plural) {
        return watches.computeIfAbsent(plural, _ -> new LinkedBlockingQueue<>());
    }

    private void watch(HttpExchange exchange, String plural)
            throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        while (!endsWatches) {
            out.write(queue(plural).take().getBytes(StandardCharsets.UTF_8));
            out.flush();
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
