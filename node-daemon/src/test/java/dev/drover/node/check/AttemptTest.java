package dev.drover.node.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.drover.manifests.model.CheckStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against real sockets.
final class AttemptTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(200);

    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(
                "/",
                exchange -> {
                    String path = exchange.getRequestURI().getPath();
                    byte[] body =
                            ("host " + exchange.getRequestHeaders().getFirst("Host"))
                                    .getBytes(StandardCharsets.UTF_8);
                    if (path.startsWith("/to/")) {
                        exchange.getResponseHeaders()
                                .add("Location", path.substring("/to/".length()));
                    }
                    exchange.sendResponseHeaders(
                            path.startsWith("/to/") ? 302 : Integer.parseInt(path.substring(1)),
                            body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    private Outcome get(String path) throws InterruptedException {
        return get(path, Map.of());
    }

    private Outcome get(String path, Map<String, List<String>> headers)
            throws InterruptedException {
        return run(
                new Probe.Http(
                        "http://127.0.0.1:" + server.getAddress().getPort() + path,
                        "GET",
                        headers,
                        "",
                        new Probe.Tls(true, Optional.empty())),
                LONG);
    }

    private static Outcome run(Probe probe, Duration timeout) throws InterruptedException {
        return new Attempt(probe, timeout, _ -> Optional.empty()).run().orElseThrow();
    }

    @Test
    void a_good_answer_passes_and_others_do_not() throws InterruptedException {
        assertThat(get("/200").status()).isEqualTo(CheckStatus.PASSING);
        assertThat(get("/429").status()).isEqualTo(CheckStatus.WARNING);
        assertThat(get("/503").status()).isEqualTo(CheckStatus.CRITICAL);
        assertThat(get("/503").output()).contains("503", "host 127.0.0.1");
    }

    @Test
    void the_host_can_be_named() throws InterruptedException {
        assertThat(get("/500", Map.of("Host", List.of("example.org"))).output())
                .endsWith("host example.org");
    }

    @Test
    void a_redirect_leads_to_the_same_host_and_port_only() throws InterruptedException {
        assertThat(get("/to//200").status()).isEqualTo(CheckStatus.PASSING);
        assertThat(get("/to/http://169.254.169.254/latest").output())
                .contains("a redirect to another host or port");
    }

    @Test
    void a_port_that_is_open_passes_and_one_that_is_not_says_so() throws Exception {
        int port;
        try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = open.getLocalPort();
            assertThat(run(new Probe.Tcp("127.0.0.1", port), LONG).status())
                    .isEqualTo(CheckStatus.PASSING);
        }

        assertThat(run(new Probe.Tcp("127.0.0.1", port), LONG))
                .isEqualTo(
                        Outcome.critical("TCP connect 127.0.0.1:" + port + ": Connection refused"));
    }

    @Test
    void who_does_not_answer_in_time_is_critical() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Probe probe =
                    new Probe.Http(
                            "http://127.0.0.1:" + mute.getLocalPort() + "/",
                            "GET",
                            Map.of(),
                            "",
                            new Probe.Tls(true, Optional.empty()));

            assertThat(run(probe, SHORT).status()).isEqualTo(CheckStatus.CRITICAL);
        }
    }

    @Test
    void nothing_is_said_of_a_script_while_its_task_does_not_run() throws InterruptedException {
        assertThat(
                        new Attempt(
                                        new Probe.Script("t", List.of("true")),
                                        LONG,
                                        _ -> Optional.empty())
                                .run())
                .isEmpty();
    }
}
