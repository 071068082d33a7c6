package dev.drover.controller.nodes;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.store.Change;
import dev.drover.store.lease.Epoch;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.TypedChange;
import dev.drover.store.typed.TypedDelivery;
import dev.drover.store.typed.TypedWatch;
import dev.drover.store.typed.WatchOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All links to nodes, and the two threads they share: one follows the allocations and marks what
/// each node has to hear, one writes down who has fallen silent.
public final class NodeLinks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLinks.class);

    /// How often the silent are looked for: a second more or less does not matter to the grace.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// Only bounds how long a wait for changes is not interrupted by anything.
    private static final Duration WATCH_WAIT = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final Station station;
    private final Thread feed;
    private final Thread watchman;
    private final CountDownLatch closed = new CountDownLatch(1);

    private NodeLinks(Vertx vertx, Station station) {
        this.vertx = vertx;
        this.station = station;
        feed = Thread.ofVirtual().name("node-feed").unstarted(this::follow);
        watchman = Thread.ofVirtual().name("node-watchman").unstarted(this::watch);
    }

    /// Begins to serve links. Nodes that were ready get a full grace from now.
    ///
    /// @param effective the spec of a version with its defaults
    public static NodeLinks start(
            Vertx vertx,
            Tables tables,
            Epoch epoch,
            Function<JobVersion, JobSpec> effective,
            LinkTimes times) {
        InstantSource clock = InstantSource.system();
        NodeRows rows = new NodeRows(tables, epoch, clock);
        Station station = new Station(tables, rows, new Roster(), effective, times, clock);
        for (Node node : tables.nodes().list()) {
            if (node.status().phase() != NodePhase.DOWN) {
                station.roster().heard(node.metadata().name(), clock.instant());
            }
        }
        NodeLinks links = new NodeLinks(vertx, station);
        links.feed.start();
        links.watchman.start();
        return links;
    }

    /// Takes over a socket that was opened at the link's path. On its event loop.
    public void accept(ServerWebSocket socket) {
        NodeLink.accept(station, socket, vertx.getOrCreateContext());
    }

    /// Asks a node for something.
    public Opened open(String node, StreamRequest request) {
        Optional<NodeLink> link = station.roster().link(node);
        if (link.isEmpty()) {
            return new Opened.NotConnected();
        }
        return link.get().open(request).<Opened>map(Opened.Open::new).orElseGet(Opened.Busy::new);
    }

    /// The answer to the wish for a stream.
    public sealed interface Opened {
        /// Here it is; the caller closes it.
        record Open(NodeStream stream) implements Opened {}

        /// The node has no link.
        record NotConnected() implements Opened {}

        /// The node sends as many streams as it may.
        record Busy() implements Opened {}
    }

    @Override
    public void close() {
        closed.countDown();
        feed.interrupt();
        station.roster().links().forEach(link -> link.close("the server stops"));
    }

    private void follow() {
        WatchOptions from = WatchOptions.initial().coalescing();
        while (true) {
            try (TypedWatch<Allocation> watch = station.tables().allocations().watch(from)) {
                // Whatever happened before this watch is in what a whole set reads after it.
                station.roster().links().forEach(NodeLink::markAll);
                follow(watch);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt(); // closed: the thread ends here
                return;
            }
        }
    }

    /// Until the watch has lost its place.
    private void follow(TypedWatch<Allocation> watch) throws InterruptedException {
        boolean open = true;
        while (open) {
            Optional<TypedDelivery<Allocation>> delivery = watch.next(WATCH_WAIT);
            open = delivery.isEmpty() || mark(delivery.get());
        }
    }

    private boolean mark(TypedDelivery<Allocation> delivery) {
        return switch (delivery) {
            case TypedDelivery.Frame<Allocation> frame -> {
                frame.changes().forEach(this::mark);
                yield true;
            }
            case TypedDelivery.Bookmark<Allocation> _, TypedDelivery.InitialDone<Allocation> _ ->
                    true;
            case TypedDelivery.TooOld<Allocation> _, TypedDelivery.Forbidden<Allocation> _ -> false;
        };
    }

    private void mark(TypedChange<Allocation> change) {
        Allocation now = change.current();
        boolean ownWords =
                change.type() == Change.Type.MODIFIED
                        && change.previous()
                                .filter(before -> before.spec().equals(now.spec()))
                                .isPresent();
        if (!ownWords) {
            station.roster().link(now.spec().node()).ifPresent(link -> link.mark(now.name()));
        }
    }

    private void watch() {
        try {
            while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                silence();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the thread ends here
        }
    }

    private void silence() {
        Map<String, Duration> silent =
                station.roster().silent(station.clock().instant(), station.times().grace());
        for (var node : silent.entrySet()) {
            station.roster()
                    .link(node.getKey())
                    .ifPresent(l -> l.close("not heard of for too long"));
            try {
                station.rows().silent(node.getKey(), node.getValue());
                station.roster().forget(node.getKey());
            } catch (IOException e) { // still silent at the next look
                LOG.warn("node {} is silent, not written: {}", node.getKey(), e.getMessage());
            }
        }
    }
}
