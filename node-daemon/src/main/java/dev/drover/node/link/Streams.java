package dev.drover.node.link;

import dev.drover.manifests.json.WireJson;
import dev.drover.manifests.wire.FromNode.StreamEnd;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.ToNode;
import dev.drover.manifests.wire.Wire;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The streams that are open on one link, each on a virtual thread of its own.
final class Streams implements AutoCloseable {
    private final WebSocket socket;
    private final StreamSource source;
    private final Map<Integer, StreamSink> open = new HashMap<>();

    Streams(WebSocket socket, StreamSource source) {
        this.socket = socket;
        this.source = source;
    }

    synchronized void open(ToNode.OpenStream wish) throws IOException {
        int stream = wish.stream();
        if (open.size() == Wire.STREAMS_MAX || open.containsKey(stream)) {
            end(stream, Optional.of("the node sends " + open.size() + " streams already"));
            return;
        }
        StreamSink sink = new StreamSink(stream, wish.credit(), socket::binary);
        open.put(stream, sink);
        Thread.ofVirtual().name("stream-" + stream).start(() -> send(stream, wish.request(), sink));
    }

    private void send(int stream, StreamRequest request, StreamSink sink) {
        try {
            Optional<String> error = Optional.empty();
            try {
                source.send(request, sink);
            } catch (IOException e) {
                error = Optional.of(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
            }
            synchronized (this) {
                open.remove(stream);
            }
            end(stream, error);
        } catch (IOException linkGone) {
            close();
        } catch (InterruptedException cancelled) {
            // Nobody listens any more: there is nobody to tell, and the thread ends here.
        }
    }

    private void end(int stream, Optional<String> error) throws IOException {
        socket.text(WireJson.text(new StreamEnd(stream, error)));
    }

    synchronized void credit(ToNode.Credit credit) {
        Optional.ofNullable(open.get(credit.stream()))
                .ifPresent(sink -> sink.credit(credit.bytes()));
    }

    synchronized void cancel(ToNode.CancelStream cancel) {
        Optional.ofNullable(open.remove(cancel.stream())).ifPresent(StreamSink::cancel);
    }

    @Override
    public synchronized void close() {
        open.values().forEach(StreamSink::cancel);
        open.clear();
    }
}
