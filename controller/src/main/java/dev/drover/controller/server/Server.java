package dev.drover.controller.server;

import dev.drover.controller.admit.Admission;
import dev.drover.controller.api.Api;
import dev.drover.controller.http.HttpEdge;
import dev.drover.controller.http.RouteTable;
import dev.drover.controller.nodes.NodeLinks;
import dev.drover.controller.nodes.NodeListener;
import dev.drover.controller.plan.CurrentView;
import dev.drover.controller.sync.GitSync;
import dev.drover.controller.sync.QuietSystem;
import dev.drover.manifests.defaults.Defaults;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.wire.Wire;
import dev.drover.reconcilers.loop.Loops;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Settings;
import dev.drover.store.lease.Epoch;
import dev.drover.store.typed.Tables;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running server: every part of it, in the order they are made; they end in the opposite one.
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    /// Allocations are read from disk: there may be a million, and whoever decides about them keeps
    /// what it needs in a view of its own.
    private static final Settings SETTINGS =
            Settings.standard().onDisk(Set.of(Kind.ALLOCATION.plural()));

    /// Ends one part.
    private interface End {
        void run() throws IOException, InterruptedException;
    }

    private final Deque<End> ends = new ArrayDeque<>();
    private volatile boolean ready;
    private RouteTable routes = new RouteTable(List.of());
    private int port;
    private int nodePort;

    private Server() {}

    /// Starts a server; when it returns, it listens and takes jobs.
    ///
    /// @throws IOException when it cannot: the folder is taken, the address is not to be had, or
    ///   not a loopback one
    public static Server start(ServerConfig config) throws IOException, InterruptedException {
        refuseBeyondLoopback(config.http());
        Server server = new Server();
        try {
            server.wire(config);
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
        return server;
    }

    private void wire(ServerConfig config) throws IOException, InterruptedException {
        InstantSource clock = InstantSource.system();

        // What is remembered: nobody else may have the folder, and nobody else may lead.
        DataFolder folder = DataFolder.take(config.data());
        ends.push(folder::close);
        DurableStore store =
                DurableStore.open(
                        folder.path().resolve("store"),
                        SETTINGS.retention(config.retention()),
                        clock);
        ends.push(store::close);
        Tables tables = new Tables(store);
        Epoch epoch = Epoch.take(store, "process " + ProcessHandle.current().pid());

        // The one door, and what stands behind it.
        Admission admission =
                new Admission(
                        tables,
                        epoch,
                        new ManifestRules(),
                        clock,
                        () -> UUID.randomUUID().toString());
        admission.prepare();
        Loops loops = Loops.start(tables, clock, epoch);
        ends.push(loops::stop);
        QuietSystem.install();
        GitSync sync = new GitSync(tables, admission, epoch, folder.path().resolve("git"), clock);
        sync.start();
        ends.push(sync::close);

        // What speaks: to nodes, and to everybody else.
        Vertx vertx = vertx();
        ends.push(() -> await(vertx));
        NodeLinks links = NodeLinks.start(vertx, tables, epoch, Server::effective, config.times());
        ends.push(links::close);
        Api.Parts parts =
                new Api.Parts(
                        tables,
                        store,
                        admission,
                        links,
                        clock,
                        new CurrentView(loops::current),
                        () -> unready(loops),
                        loops::collectGarbage);
        routes = new RouteTable(Api.routes(parts));
        listen(config, vertx, links);
        ready = true;
    }

    private Optional<String> unready(Loops loops) {
        if (!ready) {
            return Optional.of("the server is starting or stopping");
        }
        return loops.leads()
                ? loops.trouble().map(why -> "nothing is decided: " + why)
                : Optional.of("another server leads now");
    }

    /// People on one port; nodes on another where they come with certificates.
    private void listen(ServerConfig config, Vertx vertx, NodeLinks links)
            throws IOException, InterruptedException {
        HttpEdge edge =
                HttpEdge.listen(
                        vertx,
                        config.http(),
                        routes,
                        config.nodes().isEmpty() ? Map.of(Wire.PATH, links::accept) : Map.of(),
                        config.limits());
        ends.push(edge::close);
        port = edge.port();
        nodePort = port;
        if (config.nodes().isPresent()) {
            NodeListener door = NodeListener.listen(vertx, config.nodes().get(), links::accept);
            ends.push(door::close);
            nodePort = door.port();
        }
    }

    /// The port it listens on.
    public int port() {
        return port;
    }

    /// The port that nodes dial.
    public int nodePort() {
        return nodePort;
    }

    /// What it serves.
    RouteTable routes() {
        return routes;
    }

    /// Ends it; what was acknowledged is on disk.
    @Override
    public void close() {
        ready = false;
        while (!ends.isEmpty()) {
            try {
                ends.pop().run();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (IOException | RuntimeException e) { // the other parts end all the same
                LOG.warn("a part of the server did not end well", e);
            }
        }
    }

    private static JobSpec effective(JobVersion version) {
        return Defaults.applied(version.spec().job(), version.spec().defaultsLevel());
    }

    /// Without its cache of files in the temporary folder: we serve none, and a killed process
    /// would leave it behind.
    private static Vertx vertx() {
        return Vertx.vertx(
                new VertxOptions()
                        .setFileSystemOptions(
                                new FileSystemOptions()
                                        .setFileCachingEnabled(false)
                                        .setClassPathResolvingEnabled(false)));
    }

    private static void refuseBeyondLoopback(InetSocketAddress http) throws IOException {
        if (!InetAddress.getByName(http.getHostString()).isLoopbackAddress()) {
            throw new IOException(
                    ("refused to listen on %s: everybody who reaches this address could run"
                                    + " programs here, since there is no access control yet;"
                                    + " listen on 127.0.0.1 (nodes of other machines come in by"
                                    + " --nodes, with certificates)")
                            .formatted(http.getHostString()));
        }
    }

    private static void await(Vertx vertx) throws IOException, InterruptedException {
        try {
            vertx.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the event loops did not end", e);
        }
    }
}
