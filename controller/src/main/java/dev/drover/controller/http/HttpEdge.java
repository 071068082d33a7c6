package dev.drover.controller.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listener: takes connections, lets `Gate` look at each request, collects its body within
/// bounds and hands it to its route.
public final class HttpEdge implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpEdge.class);

    /// How long binding an address may take; it is a system call.
    private static final Duration LISTEN_WAIT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final HttpLimits limits;
    private final Gate gate;
    private final RouteTable routes;
    private final Map<String, Consumer<ServerWebSocket>> sockets;
    private final HttpServer server;
    private final Quota calls;
    private final Quota streams;
    private final Quota bodies;
    private final AtomicLong requests = new AtomicLong();
    private final Map<HttpConnection, Visitor> visitors = new ConcurrentHashMap<>();
    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();
    private final long sweep;

    private HttpEdge(
            Vertx vertx,
            Gate gate,
            RouteTable routes,
            Map<String, Consumer<ServerWebSocket>> sockets,
            HttpLimits limits) {
        this.vertx = vertx;
        this.limits = limits;
        this.gate = gate;
        this.routes = routes;
        this.sockets = Map.copyOf(sockets);
        calls = new Quota(limits.calls());
        streams = new Quota(limits.streams());
        bodies = new Quota(limits.bytes().bodies());
        server = vertx.createHttpServer(options(limits));
        server.connectionHandler(this::connected);
        server.requestHandler(this::arrived);
        server.exceptionHandler(e -> LOG.debug("a connection failed: {}", e.toString()));
        sweep = vertx.setPeriodic(limits.waits().idle().toMillis() / 4, _ -> closeIdle());
    }

    /// Listens.
    ///
    /// @param sockets what takes over a WebSocket, by its exact path; called on the event loop,
    ///   where it must set its handlers before it returns
    /// @throws IOException when the address cannot be listened on
    public static HttpEdge listen(
            Vertx vertx,
            InetSocketAddress address,
            RouteTable routes,
            Map<String, Consumer<ServerWebSocket>> sockets,
            HttpLimits limits)
            throws IOException, InterruptedException {
        String host = address.getHostString();
        HttpEdge edge = new HttpEdge(vertx, new Gate(host), routes, sockets, limits);
        try {
            await(edge.server.listen(address.getPort(), host), LISTEN_WAIT);
        } catch (IOException e) {
            edge.close();
            String why =
                    e.getCause() instanceof BindException
                            ? "something listens there already, or the address is none of this machine's"
                            : String.valueOf(e.getMessage());
            throw new IOException(
                    "cannot listen on %s:%d: %s".formatted(host, address.getPort(), why), e);
        }
        return edge;
    }

    /// The port it listens on.
    public int port() {
        return server.actualPort();
    }

    /// Takes no more connections, ends streams, lets other answers under way finish for a moment,
    /// then breaks what is left.
    @Override
    public void close() {
        vertx.cancelTimer(sweep);
        open.stream().filter(Exchange::streaming).forEach(Exchange::abandon);
        try {
            await(
                    server.shutdown(limits.waits().closing()),
                    limits.waits().closing().plusSeconds(1));
        } catch (IOException e) {
            LOG.warn("the listener did not close well", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        open.forEach(Exchange::abandon);
    }

    private void connected(HttpConnection connection) {
        if (visitors.size() >= limits.connections()) {
            connection.close();
            return;
        }
        visitors.put(connection, new Visitor());
        connection.closeHandler(_ -> visitors.remove(connection));
    }

    /// A request whose headers are here. On the event loop.
    private void arrived(HttpServerRequest request) {
        String id = Long.toString(requests.incrementAndGet());
        String path = Optional.ofNullable(request.path()).orElse("");
        Exchange exchange = new Exchange(id, request, vertx.getOrCreateContext(), streams);
        Map<String, String> headers = headers(request);
        Optional<Failure> refused = gate.refuse(request.method().name(), headers);
        if (refused.isPresent()) {
            exchange.refuse(refused.get());
            return;
        }
        Consumer<ServerWebSocket> socket = sockets.get(path);
        if (socket != null) {
            upgrade(request, exchange, socket);
        } else {
            route(request, exchange, path, headers);
        }
    }

    private void upgrade(
            HttpServerRequest request, Exchange exchange, Consumer<ServerWebSocket> socket) {
        if (!request.canUpgradeToWebSocket()) {
            exchange.refuse(
                    Failure.of(Reason.BAD_REQUEST, request.path() + " is for WebSockets only"));
            return;
        }
        visitor(request).begin(); // a link lives as long as it likes
        request.toWebSocket()
                .onSuccess(socket::accept)
                .onFailure(e -> LOG.debug("a WebSocket did not open: {}", e.toString()));
    }

    private void route(
            HttpServerRequest request,
            Exchange exchange,
            String path,
            Map<String, String> headers) {
        String method = request.method().name();
        switch (routes.match(method, path)) {
            case RouteTable.Match.Found(Route route, var parameters) -> {
                Optional<Map<String, List<String>>> query = query(request);
                if (query.isEmpty()) {
                    exchange.refuse(
                            Failure.of(
                                    Reason.BAD_REQUEST,
                                    "the query of %s is not well formed: write %% and two hexadecimal digits, or %%25 for a %%"
                                            .formatted(path)));
                    return;
                }
                receive(
                        request,
                        exchange,
                        route.endpoint(),
                        body ->
                                new Call(
                                        exchange.id(),
                                        method,
                                        path,
                                        parameters,
                                        query.get(),
                                        headers,
                                        body));
            }
            case RouteTable.Match.OtherMethod(var allowed) ->
                    exchange.refuse(
                            Failure.of(
                                    Reason.METHOD_NOT_ALLOWED,
                                    "%s takes %s, not %s".formatted(path, allowed, method)),
                            allowed);
            case RouteTable.Match.Nowhere() ->
                    exchange.refuse(Failure.of(Reason.NOT_FOUND, "nothing is served at " + path));
            case RouteTable.Match.Malformed(String why) ->
                    exchange.refuse(Failure.of(Reason.BAD_REQUEST, why));
        }
    }

    private void receive(
            HttpServerRequest request,
            Exchange exchange,
            Endpoint endpoint,
            Function<String, Call> call) {
        if (!calls.take(1)) {
            exchange.refuse(Failure.of(Reason.TOO_MANY_REQUESTS, "the server is busy: try again"));
            return;
        }
        Visitor visitor = visitor(request);
        visitor.begin();
        open.add(exchange);
        Runnable done =
                () -> {
                    calls.give(1);
                    open.remove(exchange);
                    visitor.end();
                };
        request.response().closeHandler(_ -> exchange.abandon());
        BodyReader.read(
                vertx,
                request,
                bodies,
                limits,
                received -> {
                    switch (received) {
                        case BodyReader.Received.Whole(String body) ->
                                exchange.start(endpoint, call.apply(body), done);
                        case BodyReader.Received.Refused(Failure failure) -> {
                            exchange.refuse(failure);
                            done.run();
                        }
                    }
                });
    }

    private Visitor visitor(HttpServerRequest request) {
        return visitors.computeIfAbsent(request.connection(), _ -> new Visitor());
    }

    private void closeIdle() {
        long now = System.nanoTime();
        visitors.forEach((connection, visitor) -> {
            if (visitor.idleFor(now).compareTo(limits.waits().idle()) > 0) {
                connection.close();
            }
        });
    }

    private static Map<String, String> headers(HttpServerRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach((k, v) -> headers.putIfAbsent(k.toLowerCase(Locale.ROOT), v));
        return headers;
    }

    /// Decoded; empty when it cannot be.
    private static Optional<Map<String, List<String>>> query(HttpServerRequest request) {
        Map<String, List<String>> query = new HashMap<>();
        try {
            MultiMap decoded = request.params();
            decoded.names().forEach(name -> query.put(name, decoded.getAll(name)));
            return Optional.of(query);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static HttpServerOptions options(HttpLimits limits) {
        return new HttpServerOptions()
                .setMaxHeaderSize(limits.bytes().header())
                .setMaxInitialLineLength(limits.bytes().header())
                .setMaxWebSocketFrameSize(limits.bytes().frame())
                .setMaxWebSocketMessageSize(limits.bytes().message())
                .setHttp2ClearTextEnabled(false) // nobody asks for it, and it has limits of its own
                .setPerMessageWebSocketCompressionSupported(false) // 10,000 links: memory
                .setPerFrameWebSocketCompressionSupported(false)
                .setHandle100ContinueAutomatically(true)
                .setTcpKeepAlive(true);
    }

    private static void await(Future<?> future, Duration wait)
            throws IOException, InterruptedException {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + wait.toMillis() + " ms", e);
        }
    }
}
