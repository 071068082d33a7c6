package dev.drover.controller.nodes;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ServiceState;
import dev.drover.manifests.model.Variable;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.store.Change;
import dev.drover.store.lease.Epoch;
import dev.drover.store.typed.Table;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.TypedChange;
import dev.drover.store.typed.TypedDelivery;
import dev.drover.store.typed.TypedWatch;
import dev.drover.store.typed.WatchOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All links to nodes, and the three threads they share: two follow the allocations and the
/// variables and mark what each node has to hear, one writes down who has fallen silent.
public final class NodeLinks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeLinks.class);

    /// How often the silent are looked for: a second more or less does not matter to the grace.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// Only bounds how long a wait for changes is not interrupted by anything.
    private static final Duration WATCH_WAIT = Duration.ofSeconds(60);

    private final Vertx vertx;
    private final Station station;
    private final Thread feed;
    private final Thread variables;
    private final Thread watchman;
    private final CountDownLatch closed = new CountDownLatch(1);

    private NodeLinks(Vertx vertx, Station station) {
        this.vertx = vertx;
        this.station = station;
        feed =
                Thread.ofVirtual()
                        .name("node-feed")
                        .unstarted(() -> follow(station.tables().allocations(), this::mark));
        variables =
                Thread.ofVirtual()
                        .name("node-variables")
                        .unstarted(() -> follow(station.tables().variables(), this::changed));
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
        links.variables.start();
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

    /// The nodes that have a link now, by name.
    public Set<String> linked() {
        return station.roster().names();
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
        variables.interrupt();
        station.roster().links().forEach(link -> link.close("the server stops"));
    }

    private <T extends Resource> void follow(Table<T> table, Consumer<TypedChange<T>> marking) {
        WatchOptions from = WatchOptions.initial().coalescing();
        try {
            while (closed.getCount() > 0) {
                try (TypedWatch<T> watch = table.watch(from)) {
                    // Whatever happened before this watch is in what a whole set reads after it.
                    station.roster().links().forEach(NodeLink::markAll);
                    follow(watch, marking);
                } catch (RuntimeException bug) { // the top of the loop: no node would hear more
                    failed(bug);
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // closed: the thread ends here
        }
    }

    /// Waits a little. A server that ends closes its store, and nobody wants to know.
    private void failed(RuntimeException bug) throws InterruptedException {
        if (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.error("changes could not be read: everything is said again", bug);
        }
    }

    /// Until the watch has lost its place.
    private static <T extends Resource> void follow(
            TypedWatch<T> watch, Consumer<TypedChange<T>> marking) throws InterruptedException {
        boolean open = true;
        while (open) {
            Optional<TypedDelivery<T>> delivery = watch.next(WATCH_WAIT);
            open = delivery.isEmpty() || mark(delivery.get(), marking);
        }
    }

    private static <T extends Resource> boolean mark(
            TypedDelivery<T> delivery, Consumer<TypedChange<T>> marking) {
        return switch (delivery) {
            case TypedDelivery.Frame<T> frame -> {
                frame.changes().forEach(marking);
                yield true;
            }
            case TypedDelivery.Bookmark<T> _, TypedDelivery.InitialDone<T> _ -> true;
            case TypedDelivery.TooOld<T> _, TypedDelivery.Forbidden<T> _ -> false;
        };
    }

    private void changed(TypedChange<Variable> change) {
        changed(new Telling.Subject(Kind.VARIABLE, change.current().metadata().name()));
    }

    private void changed(Telling.Subject subject) {
        station.roster().links().forEach(link -> link.changed(subject));
    }

    /// The names of the services that others may find at another place now.
    private static Set<String> moved(TypedChange<Allocation> change) {
        Set<ServiceState> now = offered(Optional.of(change.current()));
        if (change.type() == Change.Type.DELETED) {
            now = Set.of();
        }
        Set<ServiceState> before = offered(change.previous());
        Set<String> names = new TreeSet<>();
        for (ServiceState state : now) {
            if (!before.contains(state)) {
                names.add(state.name());
            }
        }
        for (ServiceState state : before) {
            if (!now.contains(state)) {
                names.add(state.name());
            }
        }
        return names;
    }

    private static Set<ServiceState> offered(Optional<Allocation> allocation) {
        return allocation
                .filter(Allocation::live)
                .map(a -> Set.copyOf(a.status().services()))
                .orElse(Set.of());
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
        moved(change).forEach(name -> changed(new Telling.Subject(Kind.ALLOCATION, name)));
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
        Instant now = station.clock().instant();
        Map<String, Duration> silent = station.roster().silent(now, station.times().grace());
        silent.forEach((name, since) -> {
            Instant last = now.minus(since);
            if (station.roster().unheardSince(name, last)) { // also while others were written down
                silent(name, since, last);
            }
        });
    }

    private void silent(String name, Duration since, Instant last) {
        station.roster().link(name).ifPresent(l -> l.close("not heard of for too long"));
        try {
            station.rows().silent(name, since);
            station.roster().forget(name, last);
        } catch (IOException e) { // still silent at the next look
            LOG.warn("node {} is silent, not written: {}", name, e.getMessage());
        } catch (RuntimeException bug) { // the top of its turn: the others have theirs
            LOG.error("node {} is silent, not written", name, bug);
        }
    }
}
