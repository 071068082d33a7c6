package dev.drover.controller.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.json.WireJson;
import dev.drover.manifests.wire.FromNode;
import dev.drover.manifests.wire.ToNode;
import dev.drover.manifests.wire.Wire;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A node that is nothing but its end of the link: it says what a test tells it to, and shows what
/// it was told.
public final class FakeNode implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final BlockingQueue<ToNode> told = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final WebSocketClient client; // held: Vert.x closes a client that nobody holds
    private final WebSocket socket;

    /// On the event loop, before the first frame can come.
    private FakeNode(WebSocketClient client, WebSocket socket) {
        this.client = client;
        this.socket = socket;
        socket.textMessageHandler(this::hear);
        socket.closeHandler(_ -> closed.countDown());
    }

    /// Dials.
    public static FakeNode dial(Vertx vertx, int port) throws Exception {
        return dial(vertx, port, new WebSocketClientOptions(), Wire.PATH);
    }

    /// Dials a path in a way of its own, as over TLS.
    public static FakeNode dial(Vertx vertx, int port, WebSocketClientOptions how, String path)
            throws Exception {
        var options =
                new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setURI(path)
                        .setAllowOriginHeader(false); // which only web pages send
        var client =
                vertx.createWebSocketClient(
                        how.setMaxFrameSize(Wire.FRAME_MAX).setMaxMessageSize(Wire.MESSAGE_MAX));
        return client.connect(options)
                .map(socket -> new FakeNode(client, socket))
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /// Dials, registers, and reads the answer.
    public static FakeNode join(Vertx vertx, int port, String name) throws Exception {
        FakeNode node = dial(vertx, port);
        node.register(name, "uid-" + name);
        assertThat(node.next()).isInstanceOf(ToNode.Registered.class);
        return node;
    }

    /// Presents itself.
    public void register(String name, String uid) {
        say(new FromNode.Register(Wire.PROTOCOL, name, uid, Samples.nodeStatus(), 0));
    }

    /// Says something.
    public void say(FromNode message) {
        socket.writeTextMessage(WireJson.text(message));
    }

    /// Says anything at all.
    public void sayText(String text) {
        socket.writeTextMessage(text);
    }

    /// Sends bytes on a stream.
    public void stream(int number, String content) {
        socket.writeBinaryMessage(Buffer.buffer().appendInt(number).appendString(content));
    }

    /// The next thing it is told.
    public ToNode next() throws InterruptedException {
        ToNode message = told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(message).as("what the node is told next").isNotNull();
        return message;
    }

    /// The next thing it is told, which is of this type.
    public <T extends ToNode> T next(Class<T> type) throws InterruptedException {
        return type.cast(next());
    }

    /// Whether the server ends the link soon.
    public boolean endedByServer() throws InterruptedException {
        return closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private void hear(String text) {
        try {
            told.add(WireJson.toNode(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
        client.close();
    }
}
