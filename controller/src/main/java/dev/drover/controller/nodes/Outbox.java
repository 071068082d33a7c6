package dev.drover.controller.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drover.manifests.json.WireJson;
import dev.drover.manifests.wire.ToNode;
import io.vertx.core.Context;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What goes to one node, from any thread, in the order it was given. The socket itself is touched
/// by its event loop only.
final class Outbox {
    /// A node that takes nothing for this long is not there any more.
    private static final long STALLED_SECONDS = 30;

    /// Why a link ends that we end: policy violation, in the words of RFC 6455.
    private static final short POLICY = 1008;

    /// Longest reason of a close frame, in bytes of UTF-8: a control frame has 125, two are the
    /// code's.
    private static final int REASON_MAX = 123;

    private final ServerWebSocket socket;
    private final Context loop;

    Outbox(ServerWebSocket socket, Context loop) {
        this.socket = socket;
        this.loop = loop;
    }

    /// Sends a small message without waiting; lost when the link is gone.
    void send(ToNode message) {
        String text = WireJson.text(message);
        loop.runOnContext(_ -> socket.writeTextMessage(text));
    }

    /// Sends a message and waits until the socket has taken it.
    ///
    /// @throws IOException when the link is gone, or stalls
    void sendAndWait(ToNode message) throws IOException, InterruptedException {
        String text = WireJson.text(message);
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.runOnContext(_ ->
                socket.writeTextMessage(text)
                        .onComplete(done::complete, done::completeExceptionally));
        try {
            done.get(STALLED_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the node takes no messages", e);
        }
    }

    /// Ends the link after everything sent so far.
    void close(String because) {
        String reason = cut(because);
        loop.runOnContext(_ -> socket.close(POLICY, reason));
    }

    /// As much of a text as a close frame takes, without half a character at its end.
    static String cut(String because) {
        byte[] bytes = because.getBytes(UTF_8);
        int end = Math.min(bytes.length, REASON_MAX);
        while (end < bytes.length && (bytes[end] & 0xC0) == 0x80) { // the middle of a character
            end--;
        }
        return new String(bytes, 0, end, UTF_8);
    }
}
