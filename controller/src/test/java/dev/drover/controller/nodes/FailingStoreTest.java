package dev.drover.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.controller.http.HttpEdge;
import dev.drover.controller.http.HttpLimits;
import dev.drover.controller.http.RouteTable;
import dev.drover.controller.testing.FakeNode;
import dev.drover.controller.testing.Samples;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.wire.Assignment;
import dev.drover.manifests.wire.ToNode;
import dev.drover.manifests.wire.Wire;
import dev.drover.store.Commit;
import dev.drover.store.Store;
import dev.drover.store.lease.Epoch;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Nodes of a server whose disk fails to read now and then.
@Timeout(60)
class FailingStoreTest {
    private static final String FEED = "node-feed";
    private static final String WATCHMAN = "node-watchman";
    private static final Duration GRACE = Duration.ofSeconds(1);

    /// How often the store still fails whom, by the names of threads.
    private final Map<String, Integer> failures = new ConcurrentHashMap<>();

    private final CountDownLatch writing = new CountDownLatch(1);
    private final CountDownLatch written = new CountDownLatch(1);

    private final Vertx vertx = Vertx.vertx();
    private final Store store = failing(new MemoryStore("c-1", InstantSource.system()));
    private final Tables tables = new Tables(store);

    private Store failing(Store store) {
        return (Store)
                Proxy.newProxyInstance(
                        Store.class.getClassLoader(),
                        new Class<?>[] {Store.class},
                        (_, method, arguments) -> {
                            String thread = Thread.currentThread().getName();
                            int left = failures.getOrDefault(thread, 0);
                            if (left > 0) {
                                failures.put(thread, left - 1);
                                throw new UncheckedIOException(new IOException("disk"));
                            }
                            if (thread.equals(WATCHMAN) && method.getName().equals("commit")) {
                                writing.countDown();
                                written.await();
                            }
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void nodes_are_told_of_changes_after_a_failure() throws Exception {
        failures.put(FEED, 1);
        write(
                new Write.Step.Create(Samples.storedJob("web")),
                new Write.Step.Create(Samples.version("web")));
        try (NodeLinks links = start(Duration.ofSeconds(30));
                HttpEdge edge = listen(links)) {
            await().until(() -> failures.get(FEED) == 0);
            try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
                node.next(ToNode.Desired.class);

                write(new Write.Step.Create(Samples.allocation("a-1", "web", "n1")));

                ToNode.Desired told = node.next(ToNode.Desired.class);
                while (told.assignments().isEmpty()) { // everything once more
                    told = node.next(ToNode.Desired.class);
                }
                assertThat(told.assignments()).extracting(Assignment::id).containsExactly("a-1");
            }
        }
    }

    @Test
    void the_silent_are_written_down_after_a_failure() throws Exception {
        written.countDown();
        failures.put(WATCHMAN, 1);
        write(new Write.Step.Create(ready("n1")));
        try (NodeLinks _ = start(GRACE)) {
            await().atMost(Duration.ofSeconds(20)).until(() -> phase("n1") == NodePhase.DOWN);
        }
    }

    /// Where many are silent at once, the disk takes its time for each of them.
    @Test
    void who_speaks_while_others_are_written_down_is_not_silent() throws Exception {
        for (String name : List.of("n1", "n2", "n3")) {
            write(new Write.Step.Create(ready(name)));
        }
        try (NodeLinks links = start(GRACE);
                HttpEdge edge = listen(links)) {
            writing.await();
            try (FakeNode node = FakeNode.join(vertx, edge.port(), "n2")) {
                written.countDown();
                await().atMost(Duration.ofSeconds(20)).until(() -> phase("n3") == NodePhase.DOWN);

                assertThat(node.next()).isInstanceOf(ToNode.Desired.class);
                assertThat(tables.nodes().history(ResourceName.cluster("n2"), 10))
                        .extracting(change -> change.current().status().phase())
                        .containsOnly(NodePhase.READY);
            }
        }
    }

    private NodePhase phase(String node) {
        return tables.nodes().get("", node).orElseThrow().status().phase();
    }

    private static Node ready(String name) {
        return new Node(
                Metadata.named("", name).born("uid-" + name, Samples.NOON),
                NodeSpec.open(),
                Samples.nodeStatus().in(NodePhase.READY, "it is connected", Samples.NOON));
    }

    private NodeLinks start(Duration grace) {
        return NodeLinks.start(
                vertx,
                tables,
                Epoch.take(store, "test"),
                v -> v.spec().job(),
                LinkTimes.STANDARD.withGrace(grace));
    }

    private HttpEdge listen(NodeLinks links) throws IOException, InterruptedException {
        return HttpEdge.listen(
                vertx,
                InetSocketAddress.createUnresolved("127.0.0.1", 0),
                new RouteTable(List.of()),
                Map.of(Wire.PATH, links::accept),
                HttpLimits.STANDARD);
    }

    private void write(Write.Step... steps) {
        assertThat(tables.commit(Write.of(steps))).isInstanceOf(Commit.Done.class);
    }
}
