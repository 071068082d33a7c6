package dev.drover.node.link;

import dev.drover.manifests.json.WireJson;
import dev.drover.manifests.wire.FromNode.InputCredit;
import dev.drover.manifests.wire.FromNode.StreamEnd;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.ToNode;
import dev.drover.manifests.wire.Wire;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The streams that are open on one link, each on a virtual thread of its own.
final class Streams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private final WebSocket socket;
    private final StreamSource source;
    private final Map<Integer, Open> open = new HashMap<>();

    /// Both directions of a stream.
    private record Open(StreamSink sink, Inbox inbox) {
        void cancel() {
            sink.cancel();
            inbox.cancel();
        }
    }

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
        Inbox inbox =
                new Inbox(bytes -> socket.text(WireJson.text(new InputCredit(stream, bytes))));
        Open both = new Open(sink, inbox);
        open.put(stream, both);
        Thread.ofVirtual().name("stream-" + stream).start(() -> send(stream, wish.request(), both));
    }

    private void send(int stream, StreamRequest request, Open both) {
        try {
            Optional<String> error = Optional.empty();
            try {
                source.send(request, both.inbox(), both.sink());
            } catch (IOException | IllegalArgumentException e) { // as of a variable `A=B`
                error = Optional.of(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
            } catch (RuntimeException bug) { // whoever listens is to hear of the end all the same
                LOG.error("a mistake on stream {}: {}", stream, request, bug);
                error = Optional.of("a mistake of the node: its log says more");
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
                .ifPresent(both -> both.sink().credit(credit.bytes()));
    }

    synchronized void input(ToNode.StreamInput given) throws IOException {
        Open both = open.get(given.stream());
        if (both != null) { // else it has ended a moment ago
            both.inbox().arrived(given.input());
        }
    }

    synchronized void cancel(ToNode.CancelStream cancel) {
        Optional.ofNullable(open.remove(cancel.stream())).ifPresent(Open::cancel);
    }

    @Override
    public synchronized void close() {
        open.values().forEach(Open::cancel);
        open.clear();
    }
}
