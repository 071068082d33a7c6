package dev.drover.controller.http;

import static dev.drover.controller.http.RawHttp.exchange;
import static dev.drover.controller.http.RawHttp.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpEdgeTest {
    private static final String HOST = "Host: localhost";
    private static final String TYPE = "Content-Type: application/json";
    private static final byte[] LINE = "a line\n".getBytes(StandardCharsets.UTF_8);
    private static final HttpLimits LIMITS =
            new HttpLimits(
                    20,
                    10,
                    2,
                    new HttpLimits.Bytes(1_000, 5_000, 4_096, 16_384, 65_536),
                    new HttpLimits.Waits(
                            Duration.ofMillis(400),
                            Duration.ofMillis(600),
                            Duration.ofMillis(500)));

    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final Vertx vertx = Vertx.vertx();
    private HttpEdge edge = edge();

    @BeforeEach
    void asks_nothing_of_the_world() {
        assertThat(edge.port()).isPositive();
    }

    @AfterEach
    void closes() throws Exception {
        edge.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void answers_with_what_the_route_says() throws IOException {
        String answer = exchange(edge.port(), request("PUT", "/echo/a%20b?q=1", "hi", HOST, TYPE));

        assertThat(answer)
                .startsWith("HTTP/1.1 200 OK")
                .contains("x-request-id: 1\r\n", "x-content-type-options: nosniff")
                .endsWith("a b 1 hi");
    }

    @Test
    void failures_are_kubernetes_statuses() throws IOException {
        String answer = exchange(edge.port(), request("GET", "/fails", "", HOST));

        assertThat(answer)
                .startsWith("HTTP/1.1 410 Gone")
                .contains("\"kind\":\"Status\"", "\"reason\":\"Expired\"", "\"code\":410");
    }

    @Test
    void a_bug_is_answered_with_the_request_to_look_for() throws IOException {
        String answer = exchange(edge.port(), request("GET", "/bug", "", HOST));

        assertThat(answer)
                .startsWith("HTTP/1.1 500 ")
                .contains("its log says more under request 1")
                .doesNotContain("secret of the bug");
    }

    @Test
    void a_path_says_by_what_methods_it_is_reached() throws IOException {
        assertThat(exchange(edge.port(), request("DELETE", "/echo/x", "", HOST)))
                .startsWith("HTTP/1.1 405 ")
                .contains("\r\nallow: GET, HEAD, PUT\r\n");
    }

    @Test
    void a_head_has_no_body_and_no_stream() throws IOException {
        assertThat(exchange(edge.port(), request("HEAD", "/echo/x", "", HOST)))
                .startsWith("HTTP/1.1 200 OK")
                .endsWith("\r\n\r\n");
        assertThat(exchange(edge.port(), request("HEAD", "/stream", "", HOST)))
                .startsWith("HTTP/1.1 200 OK")
                .endsWith("\r\n\r\n");
    }

    @Test
    void streams_whose_end_fails_count_no_longer() {
        for (int i = 0; i <= LIMITS.streams(); i++) {
            await().until(this::closesBadly); // the one before may not be over yet
        }
    }

    @Test
    void nothing_passes_the_gate_unseen() throws IOException {
        assertThat(exchange(edge.port(), request("GET", "/echo/x", "", "Host: evil.example")))
                .startsWith("HTTP/1.1 403 ");
        assertThat(exchange(edge.port(), request("PUT", "/echo/x", "hi", HOST)))
                .startsWith("HTTP/1.1 415 ");
    }

    @Test
    void a_body_beyond_the_limit_is_refused_before_it_is_here() throws IOException {
        String start =
                "PUT /echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 100000000\r\n\r\n"
                        + "x".repeat(2_000);

        assertThat(exchange(edge.port(), start)).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void a_body_that_trickles_is_given_up() throws IOException {
        String start =
                "PUT /echo/x HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 10\r\n\r\nx";

        assertThat(exchange(edge.port(), start)).startsWith("HTTP/1.1 408 ");
    }

    @Test
    void headers_that_never_end_lose_the_connection() throws IOException {
        assertThat(exchange(edge.port(), "GET /echo/x HTTP/1.1\r\nHost: loc")).isEmpty();
    }

    @Test
    void a_body_that_is_not_utf8_is_refused() throws IOException {
        try (Socket socket = open()) {
            byte[] head =
                    request("PUT", "/echo/x", "??", HOST, TYPE).getBytes(StandardCharsets.UTF_8);
            head[head.length - 1] = (byte) 0xff;
            socket.getOutputStream().write(head);

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void a_query_that_is_not_well_formed_is_refused_however_often() throws IOException {
        for (int i = 0; i <= LIMITS.calls(); i++) {
            assertThat(exchange(edge.port(), request("GET", "/echo/x?q=%zz", "", HOST)))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("not well formed");
        }

        assertThat(exchange(edge.port(), request("GET", "/echo/x", "", HOST)))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void a_stream_reaches_the_client_piece_by_piece() throws IOException {
        try (Socket socket = open()) {
            ask(socket, "/stream");

            assertThat(readUntil(socket, "a line\n")).contains("transfer-encoding: chunked");
        }
    }

    @Test
    void when_the_client_goes_the_stream_ends() throws Exception {
        try (Socket socket = open()) {
            ask(socket, "/stream");
            readUntil(socket, "a line\n");
        }

        assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void more_streams_than_the_limit_are_refused() throws IOException {
        try (Socket one = open();
                Socket two = open()) {
            for (Socket socket : List.of(one, two)) {
                ask(socket, "/stream");
                readUntil(socket, "a line\n");
            }

            assertThat(exchange(edge.port(), request("GET", "/stream", "", HOST)))
                    .startsWith("HTTP/1.1 429 ")
                    .contains("retry-after: 1");
        }
    }

    @Test
    void closing_ends_open_streams() throws Exception {
        try (Socket socket = open()) {
            ask(socket, "/stream");
            readUntil(socket, "a line\n");

            edge.close();

            assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.getInputStream().readAllBytes()).isNotNull();
        }
    }

    @Test
    void a_taken_address_is_said_clearly() {
        assertThatThrownBy(() ->
                        HttpEdge.listen(
                                vertx,
                                loopback(edge.port()),
                                new RouteTable(List.of()),
                                Map.of(),
                                LIMITS))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(
                        "cannot listen on 127.0.0.1:"
                                + edge.port()
                                + ": something listens there already");
    }

    private HttpEdge edge() {
        try {
            return HttpEdge.listen(vertx, loopback(0), new RouteTable(routes()), Map.of(), LIMITS);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Route> routes() {
        return List.of(
                new Route(
                        "PUT",
                        "/echo/{x}",
                        "",
                        call ->
                                Answer.text(
                                        call.parameter("x")
                                                + " "
                                                + call.query("q").orElse("")
                                                + " "
                                                + call.body())),
                new Route("GET", "/echo/{x}", "", call -> Answer.text(call.parameter("x"))),
                new Route(
                        "GET",
                        "/fails",
                        "",
                        _ -> {
                            throw new RequestFailed(Reason.EXPIRED, "too old");
                        }),
                new Route(
                        "GET",
                        "/bug",
                        "",
                        _ -> {
                            throw new IllegalStateException("the secret of the bug");
                        }),
                new Route(
                        "GET", "/stream", "", _ -> new Answer.Stream("text/plain", this::endless)),
                new Route("GET", "/unclosed", "", _ -> new Answer.Stream("text/plain", UNCLOSED)));
    }

    private boolean closesBadly() throws IOException {
        return exchange(edge.port(), request("GET", "/unclosed", "", HOST))
                .startsWith("HTTP/1.1 200 ");
    }

    private static final Answer.Body UNCLOSED =
            new Answer.Body() {
                @Override
                public void send(Answer.Sink sink) throws IOException, InterruptedException {
                    sink.write(LINE);
                }

                @Override
                public void close() throws IOException {
                    throw new IOException("the disk fails");
                }
            };

    private void endless(Answer.Sink sink) throws IOException, InterruptedException {
        try {
            sink.write(LINE);
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
    }

    private Socket open() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), edge.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void ask(Socket socket, String path) throws IOException {
        socket.getOutputStream()
                .write(
                        ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.UTF_8));
    }

    private static String readUntil(Socket socket, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                throw new IOException("ended after: " + text);
            }
            text.append((char) read);
        }
        return text.toString();
    }

    private static InetSocketAddress loopback(int port) {
        return InetSocketAddress.createUnresolved("127.0.0.1", port);
    }
}
