package dev.drover.controller.nodes;

import dev.drover.manifests.wire.Wire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listener for nodes of other machines: TLS 1.3, a client certificate of the authority that
/// was named, and nothing behind it but the link. Who has such a certificate reaches no API.
public final class NodeListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeListener.class);

    private static final Set<String> PROTOCOLS = Set.of("TLSv1.3");

    /// Open connections: 10,000 nodes, and those that are about to be replaced.
    private static final int CONNECTIONS_MAX = 15_000;

    /// A handshake may wait that long: all nodes dial at once when a server comes back.
    private static final int HANDSHAKE_SECONDS = 60;

    /// Silence after which a connection ends: a node speaks every few seconds.
    private static final int SILENCE_SECONDS = 60;

    /// Binding an address and closing are system calls.
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final NodeDoor door;
    private final Consumer<ServerWebSocket> accept;
    private final HttpServer server;
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet(); // as many as these
    private volatile List<Seen> seen;
    private final long looks;

    /// A file as it was when it was read.
    private record Seen(Path file, FileTime modified, long size) {}

    private NodeListener(Vertx vertx, NodeDoor door, Consumer<ServerWebSocket> accept)
            throws IOException {
        this.vertx = vertx;
        this.door = door;
        this.accept = accept;
        seen = look();
        server = vertx.createHttpServer(options());
        server.connectionHandler(connection -> {
            open.add(connection);
            connection.closeHandler(_ -> {
                open.remove(connection);
                connections.decrementAndGet();
            });
            if (connections.incrementAndGet() > CONNECTIONS_MAX) {
                connection.close();
            }
        });
        server.requestHandler(this::arrived);
        server.exceptionHandler(e -> LOG.info("a node's connection failed: {}", e.getMessage()));
        looks = vertx.setPeriodic(door.lookEvery().toMillis(), _ -> renew());
    }

    /// Listens.
    ///
    /// @param accept takes over a node's socket, on its event loop
    /// @throws IOException when a file cannot be used, or the address not be listened on
    public static NodeListener listen(Vertx vertx, NodeDoor door, Consumer<ServerWebSocket> accept)
            throws IOException, InterruptedException {
        NodeListener listener = new NodeListener(vertx, door, accept);
        try {
            String host = door.address().getHostString();
            await(listener.server.listen(door.address().getPort(), host));
            return listener;
        } catch (IOException e) {
            listener.close();
            throw new IOException(
                    "cannot listen for nodes on %s with %s: %s"
                            .formatted(door.address(), door.files(), e.getMessage()),
                    e);
        }
    }

    /// The port it listens on.
    public int port() {
        return server.actualPort();
    }

    private void arrived(HttpServerRequest request) {
        boolean page = request.headers().contains("Origin"); // no node has one
        if (!Wire.PATH.equals(request.path()) || page || !request.canUpgradeToWebSocket()) {
            request.response().setStatusCode(404).end("only nodes are served here\n");
            return;
        }
        request.toWebSocket()
                .onSuccess(accept::accept)
                .onFailure(e -> LOG.debug("a WebSocket did not open: {}", e.toString()));
    }

    /// Uses the files anew when one has changed, also for who is in already: every link ends, and
    /// its node dials again under what is believed now. What makes no sense is not used, and looked
    /// at again when it changes.
    private void renew() {
        Callable<Boolean> changed =
                () -> {
                    List<Seen> now = look();
                    boolean other = !now.equals(seen);
                    seen = now;
                    return other;
                };
        vertx.executeBlocking(changed)
                .compose(other ->
                        other
                                ? server.updateSSLOptions(tls(), true)
                                : Future.succeededFuture(false))
                .onSuccess(used -> {
                    if (used) {
                        LOG.info(
                                "nodes are met with the certificates as they are now; {} links begin anew",
                                open.size());
                        open.forEach(HttpConnection::close);
                    }
                })
                .onFailure(e ->
                        LOG.error(
                                "{} changed and cannot be used, those from before stay: {}",
                                door.files(),
                                e.getMessage()));
    }

    private List<Seen> look() throws IOException {
        List<Seen> now = new ArrayList<>();
        for (Path file : door.files()) {
            now.add(new Seen(file, Files.getLastModifiedTime(file), Files.size(file)));
        }
        return now;
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(key())
                .setTrustOptions(trust())
                .setClientAuth(ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(PROTOCOLS)
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                .setReadIdleTimeout(SILENCE_SECONDS)
                .setMaxWebSocketFrameSize(Wire.FRAME_MAX)
                .setMaxWebSocketMessageSize(Wire.MESSAGE_MAX)
                .setPerMessageWebSocketCompressionSupported(false) // 10,000 links: memory
                .setPerFrameWebSocketCompressionSupported(false)
                .setTcpKeepAlive(true);
    }

    private ServerSSLOptions tls() {
        return new ServerSSLOptions()
                .setKeyCertOptions(key())
                .setTrustOptions(trust())
                .setClientAuth(ClientAuth.REQUIRED)
                .setEnabledSecureTransportProtocols(PROTOCOLS);
    }

    private KeyCertOptions key() {
        return new PemKeyCertOptions()
                .setCertPath(door.certificate().toString())
                .setKeyPath(door.key().toString());
    }

    private PemTrustOptions trust() {
        return new PemTrustOptions().addCertPath(door.authority().toString());
    }

    @Override
    public void close() {
        vertx.cancelTimer(looks);
        try {
            await(server.close());
        } catch (IOException e) {
            LOG.warn("the listener for nodes did not close well", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Future<?> future) throws IOException, InterruptedException {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .get(WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + WAIT.toSeconds() + " s", e);
        }
    }
}
