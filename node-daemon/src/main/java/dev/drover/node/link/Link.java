package dev.drover.node.link;

import dev.drover.manifests.json.WireJson;
import dev.drover.manifests.wire.FromNode;
import dev.drover.manifests.wire.ToNode;
import dev.drover.manifests.wire.Wire;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the connection to the controller: dials until it stands, and again when it is gone.
/// Nothing on the node waits for it.
///
/// It dials before there is anything to say, since the handshake of TLS takes as long as everything
/// else that a node does before it can register. Until [#carry] it says nothing.
public final class Link {
    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private static final Duration CONNECT_MAX = Duration.ofSeconds(10);
    private static final Duration RETRY_MIN = Duration.ofMillis(100);

    /// A server that comes back finds its nodes within this time, and not all at once.
    private static final Duration RETRY_MAX = Duration.ofSeconds(5);

    /// A server that refuses us is asked again now and then: people mend things.
    private static final Duration RETRY_REFUSED = Duration.ofSeconds(30);

    /// Heartbeats that may stay without any answer.
    private static final int SILENT_BEATS_MAX = 3;

    /// Enough for a handshake of TLS with client certificates and for messages of nested records.
    private static final long STACK_BYTES = 512 << 10;

    private final Endpoint endpoint;
    private final RandomGenerator chance;
    private final CompletableFuture<Cargo> loaded = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /// Under the link that stands or is being made.
    private volatile Optional<Socket> line = Optional.empty();

    /// The files' state under which it is made, or that was found to be of no use since.
    private volatile String credentials = "";

    /// What a link carries.
    ///
    /// @param numbers of `reports`
    public record Cargo(
            LinkedNode node,
            Reports reports,
            ReportNumbers numbers,
            StreamSource source,
            Inquiries inquiries,
            Arrivals arrivals) {}

    private Link(Endpoint endpoint, RandomGenerator chance) {
        this.endpoint = endpoint;
        this.chance = chance;
        // A thread of its own: on a virtual one it would wait for its turn behind all tasks that
        // are recalled, and a node with a hundred of them on a busy machine be away for long.
        thread =
                Thread.ofPlatform()
                        .name("link")
                        .daemon()
                        .stackSize(STACK_BYTES)
                        .unstarted(this::keep);
    }

    /// Begins to dial that controller; `chance` spreads the times of dialling again.
    public static Link dial(Endpoint endpoint, RandomGenerator chance) {
        Link link = new Link(endpoint, chance);
        link.thread.start();
        return link;
    }

    /// Registers the node, and carries this from now on.
    public void carry(Cargo cargo) {
        loaded.complete(cargo);
    }

    private void keep() {
        Duration retry = RETRY_MIN;
        try {
            while (closed.getCount() > 0) {
                credentials = endpoint.credentials(); // before they are read
                try (WebSocket socket =
                        WebSocket.open(endpoint, Wire.PATH, CONNECT_MAX, this::dialled)) {
                    retry = register(socket, loaded.get()) ? RETRY_MIN : RETRY_REFUSED;
                } catch (IOException e) {
                    if (closed.getCount() > 0) {
                        LOG.warn("no link to {}: {}", endpoint, endpoint.because(e));
                    }
                    retry = longer(retry);
                } catch (RuntimeException bug) { // ends this link, not the node's last one
                    mistaken(bug);
                    retry = longer(retry);
                }
                closed.await(spread(retry), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException never) {
            throw new IllegalStateException("what a link carries is not computed", never);
        }
    }

    private static Duration longer(Duration retry) {
        Duration twice = retry.multipliedBy(2);
        return twice.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : twice;
    }

    private void mistaken(RuntimeException bug) {
        LOG.error("a mistake on the link to {}: it is dialled anew", endpoint, bug);
    }

    private void dialled(Socket socket) {
        line = Optional.of(socket);
        if (closed.getCount() == 0) {
            cut(); // we were told to hang up just before
        }
    }

    /// Ends whatever waits for the line: an interrupt would not, on a thread of the system.
    private void cut() {
        try {
            if (line.isPresent()) {
                line.get().close();
            }
        } catch (IOException e) {
            LOG.warn("the link to {} could not be closed", endpoint, e);
        }
    }

    private long spread(Duration retry) {
        return (long) (retry.toMillis() * (0.5 + chance.nextDouble() / 2));
    }

    /// One link from its first message to its end; whether we were let in.
    private boolean register(WebSocket socket, Cargo cargo) throws IOException {
        FromNode.Register words = cargo.node().words();
        socket.text(WireJson.text(words));
        return switch (WireJson.toNode(socket.read())) {
            case ToNode.Registered registered
                    when cargo.node().belongsTo(registered.clusterId()) -> {
                LOG.info("linked to {}", endpoint);
                serve(socket, registered, cargo);
                yield true;
            }
            case ToNode.Registered registered -> {
                LOG.error(
                        "{} is the server of another cluster ({}): this node runs nothing for it."
                                + " Name the right server, or start with an empty data folder",
                        endpoint,
                        registered.clusterId());
                yield false;
            }
            case ToNode.Refused(String because) -> {
                LOG.error("{} refused node \"{}\": {}", endpoint, words.name(), because);
                yield false;
            }
            case ToNode.Desired _,
                    ToNode.ReportTaken _,
                    ToNode.OpenStream _,
                    ToNode.Credit _,
                    ToNode.CancelStream _,
                    ToNode.StreamInput _,
                    ToNode.Told _ ->
                    throw new IOException("the server's first message is neither yes nor no");
        };
    }

    private void serve(WebSocket socket, ToNode.Registered registered, Cargo cargo)
            throws IOException {
        cargo.numbers().atLeast(registered.lastReport());
        cargo.reports().startOver();
        Duration every = registered.heartbeatEvery();
        Duration silenceMax = every.multipliedBy(SILENT_BEATS_MAX);
        cargo.node().linked(silenceMax);
        socket.heed(silenceMax, cargo.node()::heard);
        Streams streams = new Streams(socket, cargo.source());
        // Of the system: whatever holds the virtual ones up, this node lives.
        Thread beats =
                Thread.ofPlatform()
                        .name("heartbeat")
                        .daemon()
                        .start(() -> carryOut(() -> beat(socket, every)));
        Thread sender =
                Thread.ofVirtual()
                        .name("reports")
                        .start(() -> carryOut(() -> report(socket, cargo.reports())));
        try {
            Inquiries.Line line = message -> socket.text(WireJson.text(message));
            cargo.inquiries().linked(line);
            cargo.arrivals().linked(line);
            while (true) {
                hear(WireJson.toNode(socket.read()), streams, cargo);
            }
        } catch (IOException e) {
            if (closed.getCount() > 0) {
                LOG.warn("the link to {} has ended: {}", endpoint, e.getMessage());
            }
        } finally {
            cut(); // first: who cannot write any more may hold what is waited for here
            cargo.inquiries().unlinked();
            cargo.arrivals().unlinked();
            beats.interrupt();
            sender.interrupt();
            streams.close();
        }
    }

    private void hear(ToNode message, Streams streams, Cargo cargo) throws IOException {
        switch (message) {
            case ToNode.Desired desired -> cargo.node().desired(desired);
            case ToNode.ReportTaken(long sequence) -> cargo.reports().taken(sequence);
            case ToNode.OpenStream wish -> streams.open(wish);
            case ToNode.Credit credit -> streams.credit(credit);
            case ToNode.CancelStream cancel -> streams.cancel(cancel);
            case ToNode.StreamInput input -> streams.input(input);
            case ToNode.Told answer -> cargo.inquiries().told(answer);
            case ToNode.Registered _, ToNode.Refused _ ->
                    throw new IOException("the server answered twice to our registration");
        }
    }

    /// What a thread beside the reading one does until the link ends.
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /// One thread of a link is nothing without the others.
    private void carryOut(Work work) {
        try {
            work.run();
        } catch (IOException | InterruptedException over) {
            // The reading thread sees the end too, and says so.
            Thread.currentThread().interrupt();
        } catch (RuntimeException bug) { // the top of the thread
            mistaken(bug);
            cut();
        }
    }

    private void beat(WebSocket socket, Duration every) throws IOException, InterruptedException {
        while (!closed.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
            socket.text(WireJson.text(new FromNode.Heartbeat()));
            socket.ping();
            if (renewed()) {
                LOG.info("the certificates have changed: {} is dialled anew", endpoint);
                cut();
            }
        }
    }

    /// Whether the files are others now, and can be used.
    private boolean renewed() {
        String now = endpoint.credentials();
        if (now.equals(credentials)) {
            return false;
        }
        credentials = now;
        try {
            endpoint.check();
            return true;
        } catch (IOException e) {
            LOG.error("the certificates have changed and cannot be used: {}", e.getMessage());
            return false;
        }
    }

    private static void report(WebSocket socket, Reports reports)
            throws IOException, InterruptedException {
        while (true) {
            socket.text(WireJson.text(reports.next()));
        }
    }

    /// Hangs up and stays so. Nothing is heard any more when it returns.
    public void hangUp() throws InterruptedException {
        drop();
        thread.join();
    }

    /// The same without waiting for that.
    public void drop() {
        closed.countDown();
        thread.interrupt();
        cut();
    }
}
