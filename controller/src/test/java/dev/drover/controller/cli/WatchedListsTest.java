package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `get --watch` on a server that says what a test tells it to, list after list and watch after
/// watch; a watch ends with what it was told.
@Timeout(30)
class WatchedListsTest {
    private final BlockingQueue<String> lists = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> watches = new LinkedBlockingQueue<>();
    private final HttpServer server = server();
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    @AfterEach
    void close() {
        server.stop(0);
    }

    @Test
    void a_list_that_nobody_reads_any_more_ends() {
        lists.add(jobs(row("web", "running", "1m")));
        watches.add(event(row("db", "running", "1s")));

        assertThat(typed("db", "get", "jobs", "--watch")).isEqualTo(141);
    }

    @Test
    void when_the_server_ends_the_watch_it_goes_on_with_what_has_changed() {
        lists.add(jobs(row("web", "running", "1m"), row("db", "running", "1m")));
        watches.add(event(row("api", "pending", "1s")));
        lists.add(jobs(row("web", "running", "61m"), row("api", "running", "61m")));
        watches.add(event(row("last", "running", "1s")));

        assertThat(typed("last", "get", "jobs", "--watch")).isEqualTo(141);

        assertThat(said().lines().map(line -> line.replaceAll(" +", " ")))
                .containsExactly(
                        "Name Phase Age",
                        "web running 1m",
                        "db running 1m",
                        "api pending 1s",
                        "api running 61m",
                        "db running 1m");
    }

    @Test
    void services_go_on_too() {
        lists.add(services("a", "b"));
        watches.add(instance("ADDED", "a") + instance("ADDED", "b") + instance("ADDED", "c"));
        lists.add(services("a", "c"));
        watches.add(instance("ADDED", "a") + instance("ADDED", "c") + instance("ADDED", "last"));

        assertThat(typed("last", "get", "services", "--watch")).isEqualTo(141);

        assertThat(
                        said().lines()
                                .skip(1)
                                .map(line -> line.replaceAll(".* (\\w+) +(\\w+)$", "$1 $2")))
                .containsExactly("a passing", "b passing", "c passing", "b gone");
    }

    @Test
    void a_server_that_ends_every_watch_at_once_is_given_up() {
        for (int i = 0; i < 200; i++) {
            lists.add(jobs(row("web", "running", "1m")));
            watches.add("");
        }

        assertThat(typed("never", "get", "jobs", "--watch")).isEqualTo(1);
    }

    /// Types a command whose reader goes away when it comes to a word.
    private int typed(String last, String... words) {
        OutputStream reader =
                new OutputStream() {
                    @Override
                    public void write(int octet) {
                        read.write(octet);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int count) throws IOException {
                        if (new String(bytes, from, count, StandardCharsets.UTF_8).contains(last)) {
                            throw new IOException("Broken pipe");
                        }
                        read.write(bytes, from, count);
                    }
                };
        var session =
                new Session(
                        new Out(reader, OutputStream.nullOutputStream(), false),
                        Map.of("DROVER_ADDR", "127.0.0.1:" + server.getAddress().getPort()),
                        InstantSource.fixed(Instant.EPOCH));
        return new Cli(List.of(new Commands())).run(List.of(words), session);
    }

    private String said() {
        return read.toString(StandardCharsets.UTF_8);
    }

    private HttpServer server() {
        try {
            HttpServer made =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            made.createContext("/", this::answer);
            made.start();
            return made;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean watch = exchange.getRequestURI().getQuery().contains("watch=true");
        try (exchange) {
            byte[] text = (watch ? watches : lists).take().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(text);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the test is over
        }
    }

    private static String jobs(String... rows) {
        return table("{\"resourceVersion\":\"7\"}", rows);
    }

    private static String event(String row) {
        return "{\"type\":\"MODIFIED\",\"object\":" + table("{}", row) + "}\n";
    }

    private static String table(String metadata, String... rows) {
        return "{\"metadata\":"
                + metadata
                + ",\"columnDefinitions\":[{\"name\":\"Name\"},{\"name\":\"Phase\"},{\"name\":\"Age\"}]"
                + ",\"rows\":["
                + String.join(",", rows)
                + "]}";
    }

    private static String row(String name, String phase, String age) {
        return "{\"cells\":[\"%s\",\"%s\",\"%s\"]}".formatted(name, phase, age);
    }

    private static String services(String... allocations) {
        return "{\"items\":["
                + String.join(",", List.of(allocations).stream().map(a -> instance(a)).toList())
                + "]}";
    }

    private static String instance(String type, String allocation) {
        return "{\"type\":\"%s\",\"object\":%s}\n".formatted(type, instance(allocation));
    }

    private static String instance(String allocation) {
        return """
        {"name":"db","namespace":"default","jobName":"web","group":"web","allocation":"%s","node":"n1","address":"10.0.0.1","port":5432,"tags":[],"passing":true,"checks":[]}\
        """
                .formatted(allocation);
    }
}
