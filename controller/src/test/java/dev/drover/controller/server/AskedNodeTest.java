package dev.drover.controller.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.controller.testing.FakeNode;
import dev.drover.manifests.wire.ToNode;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What only a node knows, asked through the server by somebody who goes away.
@Timeout(60)
class AskedNodeTest {
    private static final String STATS = "/apis/drover.dev/v1/nodes/n1/stats";

    private final Vertx vertx = Vertx.vertx();

    @TempDir Path folder;

    @AfterEach
    void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void who_goes_before_the_node_has_answered_leaves_no_stream_behind() throws Exception {
        InetSocketAddress any = InetSocketAddress.createUnresolved("127.0.0.1", 0);
        try (Server server = Server.start(ServerConfig.of(any, folder.resolve("data")));
                FakeNode node = FakeNode.join(vertx, server.port(), "n1")) {
            node.next(ToNode.Desired.class);
            try (Socket asking = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                String head = "GET " + STATS + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
                asking.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
                assertThat(node.next(ToNode.OpenStream.class).stream()).isEqualTo(1);
            }

            assertThat(node.next()).isEqualTo(new ToNode.CancelStream(1));
        }
    }
}
