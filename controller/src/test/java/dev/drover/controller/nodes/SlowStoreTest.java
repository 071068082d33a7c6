package dev.drover.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.controller.http.HttpEdge;
import dev.drover.controller.http.HttpLimits;
import dev.drover.controller.http.RouteTable;
import dev.drover.controller.testing.FakeNode;
import dev.drover.controller.testing.Samples;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.wire.AllocationReport;
import dev.drover.manifests.wire.FromNode;
import dev.drover.manifests.wire.ToNode;
import dev.drover.manifests.wire.Wire;
import dev.drover.store.Store;
import dev.drover.store.lease.Epoch;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import io.vertx.core.Vertx;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SlowStoreTest {
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration BEAT = Duration.ofMillis(200);
    private static final LinkTimes TIMES = new LinkTimes(BEAT, GRACE, Duration.ofSeconds(5));

    private final CountDownLatch written = new CountDownLatch(1);

    /// Takes what a node reports when `written` opens, and everything else at once.
    private Store slow(Store store) {
        return (Store)
                Proxy.newProxyInstance(
                        Store.class.getClassLoader(),
                        new Class<?>[] {Store.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("commitAll")) {
                                written.await();
                            }
                            try {
                                return method.invoke(store, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }

    @Test
    void a_node_whose_report_waits_for_the_disk_is_not_silent() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (Store store = slow(new MemoryStore("c-1", InstantSource.system()))) {
            Tables tables = new Tables(store);
            tables.commit(
                    Write.of(
                            new Write.Step.Create(Samples.storedJob("web")),
                            new Write.Step.Create(Samples.version("web")),
                            new Write.Step.Create(Samples.allocation("a-1", "web", "n1"))));
            try (NodeLinks links =
                            NodeLinks.start(
                                    vertx,
                                    tables,
                                    Epoch.take(store, "test"),
                                    v -> v.spec().job(),
                                    TIMES);
                    HttpEdge edge =
                            HttpEdge.listen(
                                    vertx,
                                    InetSocketAddress.createUnresolved("127.0.0.1", 0),
                                    new RouteTable(List.of()),
                                    Map.of(Wire.PATH, links::accept),
                                    HttpLimits.STANDARD);
                    FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
                node.next(ToNode.Desired.class);
                node.say(
                        new FromNode.Report(
                                1,
                                List.of(
                                        new AllocationReport(
                                                "a-1",
                                                "default",
                                                Samples.status(AllocationPhase.RUNNING)))));

                beat(node, GRACE.multipliedBy(2));

                assertThat(tables.nodes().get("", "n1").orElseThrow().status().phase())
                        .isEqualTo(NodePhase.READY);
                written.countDown();
                assertThat(node.next()).isEqualTo(new ToNode.ReportTaken(1));
            } finally {
                written.countDown();
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
        }
    }

    /// Says for so long that it lives.
    private static void beat(FakeNode node, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().atMost(time.multipliedBy(10))
                .pollInterval(BEAT)
                .until(() -> {
                    node.say(new FromNode.Heartbeat());
                    return System.nanoTime() > end;
                });
    }
}
