package dev.drover.controller.nodes;

import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.ToNode;
import dev.drover.manifests.wire.Wire;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// The streams open on one link, by their number.
final class Streams {
    private final Consumer<ToNode> send;
    private final Map<Integer, NodeStream> open = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private volatile boolean closed;

    Streams(Consumer<ToNode> send) {
        this.send = send;
    }

    /// Asks the node; empty when it has too many open already, or the link is gone.
    Optional<NodeStream> open(StreamRequest request) {
        if (open.size() >= Wire.STREAMS_MAX) {
            return Optional.empty();
        }
        int number = numbers.incrementAndGet();
        NodeStream stream = new NodeStream(number, send, s -> open.remove(s.number()));
        open.put(number, stream);
        if (closed) { // put and then looked, while close() sets and then ends: nobody waits for
            // ever
            open.remove(number);
            return Optional.empty();
        }
        send.accept(new ToNode.OpenStream(number, request, NodeStream.CREDIT));
        return Optional.of(stream);
    }

    /// A binary message. False when the node sent more than it may, or nonsense.
    boolean arrived(Buffer message) {
        if (message.length() < Wire.STREAM_HEADER) {
            return false;
        }
        NodeStream stream = open.get(message.getInt(0));
        // An unknown one was cancelled a moment ago.
        return stream == null
                || stream.arrived(message.slice(Wire.STREAM_HEADER, message.length()));
    }

    /// The node has taken input.
    void inputCredit(int number, int bytes) {
        Optional.ofNullable(open.get(number)).ifPresent(stream -> stream.inputCredit(bytes));
    }

    void ended(int number, Optional<String> error) {
        Optional.ofNullable(open.remove(number)).ifPresent(stream -> stream.ended(error));
    }

    /// The link is gone.
    void close() {
        closed = true;
        open.values().forEach(s -> s.ended(Optional.of("the connection to the node was lost")));
        open.clear();
    }
}
