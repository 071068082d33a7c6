package dev.drover.controller.nodes;

import dev.drover.manifests.json.WireJson;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.wire.FromNode;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.ToNode;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One node's connection. Its own thread reads what the node says, in order; a second one tells it
/// what to run. Either one's end is the link's end, and the node dials again.
final class NodeLink {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLink.class);

    /// Messages waiting for the link's thread. A node sends a report and waits for its receipt, so
    /// more than a few is a mistake of the node; the link ends then.
    private static final int INBOX_MAX = 1_024;

    private final Station station;
    private final SpokenFor spokenFor;
    private final Outbox outbox;
    private final Streams streams;
    private final BlockingQueue<String> inbox = new ArrayBlockingQueue<>(INBOX_MAX);
    private final Thread reader;

    /// Once it has been let in.
    private volatile Optional<String> name = Optional.empty();

    private volatile Optional<DesiredSender> sender = Optional.empty();
    private volatile Optional<Telling> telling = Optional.empty();

    private NodeLink(Station station, SpokenFor spokenFor, ServerWebSocket socket, Context loop) {
        this.station = station;
        this.spokenFor = spokenFor;
        outbox = new Outbox(socket, loop);
        streams = new Streams(outbox::send);
        reader = Thread.ofVirtual().name("node-link").unstarted(this::run);
    }

    /// Takes over a socket. On its event loop: the handlers are set before the first frame can
    /// come.
    static void accept(Station station, ServerWebSocket socket, Context loop) {
        NodeLink link = new NodeLink(station, SpokenFor.of(socket), socket, loop);
        socket.textMessageHandler(link::said);
        socket.binaryMessageHandler(link::streamed);
        socket.closeHandler(_ -> link.reader.interrupt());
        socket.exceptionHandler(e -> LOG.debug("a node's link failed: {}", e.toString()));
        link.reader.start();
    }

    /// Asks the node for something; empty when it is asked for too much already.
    Optional<NodeStream> open(StreamRequest request) {
        return streams.open(request);
    }

    /// An allocation of the node has changed, or gone.
    void mark(ResourceName allocation) {
        sender.ifPresent(s -> s.mark(allocation));
    }

    /// Changes may have been missed.
    void markAll() {
        sender.ifPresent(DesiredSender::markAll);
        telling.ifPresent(Telling::everythingMayHaveChanged);
    }

    /// What tasks of the node may have asked about has changed.
    void changed(Telling.Subject subject) {
        telling.ifPresent(t -> t.changed(subject));
    }

    /// Ends it; the node is told why.
    void close(String because) {
        outbox.close(because);
        reader.interrupt();
    }

    /// It is heard when it speaks, not when its word's turn comes: that may wait for a slow disk.
    private void said(String message) {
        name.ifPresent(node -> station.roster().heard(node, station.clock().instant()));
        if (!inbox.offer(message)) {
            close("too many messages at once");
        }
    }

    private void streamed(Buffer message) {
        if (!streams.arrived(message)) {
            close("more stream data than the credit allows");
        }
    }

    private void run() {
        try {
            String first =
                    inbox.poll(station.times().registerWait().toMillis(), TimeUnit.MILLISECONDS);
            if (first == null
                    || !(WireJson.fromNode(first) instanceof FromNode.Register register)) {
                throw new IOException("the first message must be a register");
            }
            switch (registration(register)) {
                case Registration.Refused(String because) -> {
                    LOG.warn("node {} refused: {}", register.name(), because);
                    outbox.sendAndWait(new ToNode.Refused(because));
                    outbox.close(because);
                }
                case Registration.New _, Registration.Changed _, Registration.Same _ ->
                        serve(register.name());
            }
        } catch (IOException e) {
            LOG.info("a node's link ends: {}", e.getMessage());
            outbox.close(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the socket is closed: the thread ends here
        } catch (RuntimeException bug) { // the top of the link: it ends, and the node dials again
            mistaken(bug);
        } finally {
            streams.close();
        }
    }

    /// One thread of a link is nothing without the others: a node that is heard and not answered
    /// would wait for ever.
    private void mistaken(RuntimeException bug) {
        LOG.error("a mistake on the link of {}", name.orElse("a node"), bug);
        close("a mistake of the server: its log says more");
    }

    private Registration registration(FromNode.Register register) throws IOException {
        Optional<String> refused = spokenFor.refuse(register.name());
        return refused.isPresent()
                ? new Registration.Refused(refused.get())
                : station.rows().register(register);
    }

    private void serve(String node) throws IOException, InterruptedException {
        Roster roster = station.roster();
        roster.heard(node, station.clock().instant());
        name = Optional.of(node);
        var desired = new DesiredSender(station.desired(node), outbox);
        sender = Optional.of(desired);
        var answers = new Telling(new Known(station.tables(), node), outbox);
        telling = Optional.of(answers);
        roster.join(node, this).ifPresent(old -> old.close("the node has connected again"));
        LOG.info("node {} is connected", node);
        Thread second =
                Thread.ofVirtual().name("node-desired-" + node).unstarted(() -> tell(desired::run));
        Thread third =
                Thread.ofVirtual().name("node-told-" + node).unstarted(() -> tell(answers::run));
        try {
            station.rows()
                    .heard(node); // as of now: it may have been written down as silent just before
            outbox.sendAndWait(
                    new ToNode.Registered(
                            station.clusterId(),
                            station.times().heartbeatEvery(),
                            station.rows().reported(node)));
            second.start();
            third.start();
            while (true) {
                hear(node, WireJson.fromNode(inbox.take()), answers);
            }
        } finally {
            second.interrupt();
            third.interrupt();
            roster.leave(node, this);
            LOG.info("node {} is not connected any more", node);
        }
    }

    /// Sends until the link has ended.
    private interface Sending {
        void run() throws IOException, InterruptedException;
    }

    private void tell(Sending sending) {
        try {
            sending.run();
        } catch (IOException e) {
            close(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the link has ended
        } catch (RuntimeException bug) { // the top of the thread
            mistaken(bug);
        }
    }

    private void hear(String node, FromNode message, Telling answers) throws IOException {
        switch (message) {
            case FromNode.Heartbeat() -> station.rows().heard(node);
            case FromNode.Report report -> {
                station.rows().report(node, report);
                outbox.send(new ToNode.ReportTaken(report.sequence()));
            }
            case FromNode.InputCredit(int stream, int bytes) -> streams.inputCredit(stream, bytes);
            case FromNode.StreamEnd(int stream, var error) -> streams.ended(stream, error);
            case FromNode.Register register -> again(node, register);
            case FromNode.Ask ask -> answers.ask(ask);
            case FromNode.Fetch wish ->
                    Thread.ofVirtual()
                            .name("relay-" + wish.allocation())
                            .start(() ->
                                    station.relay()
                                            .carry(node, wish, this::open, () -> stands(node)));
        }
    }

    private boolean stands(String node) {
        return station.roster().link(node).filter(link -> link == this).isPresent();
    }

    /// The node's words about itself changed.
    private void again(String node, FromNode.Register register) throws IOException {
        if (!register.name().equals(node)) {
            throw new IOException("a node keeps its name for as long as the link stands");
        }
        if (station.rows().register(register) instanceof Registration.Refused(String because)) {
            throw new IOException(because);
        }
    }
}
