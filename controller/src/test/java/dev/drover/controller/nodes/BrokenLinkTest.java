package dev.drover.controller.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.controller.http.HttpEdge;
import dev.drover.controller.http.HttpLimits;
import dev.drover.controller.http.RouteTable;
import dev.drover.controller.testing.FakeNode;
import dev.drover.controller.testing.Samples;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.wire.Assignment;
import dev.drover.manifests.wire.ToNode;
import dev.drover.manifests.wire.Wire;
import dev.drover.store.Commit;
import dev.drover.store.lease.Epoch;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.Write;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Links on which this program makes a mistake.
@Timeout(60)
class BrokenLinkTest {
    private static final LinkTimes TIMES =
            new LinkTimes(Duration.ofMillis(200), Duration.ofSeconds(30), Duration.ofSeconds(5));

    private final AtomicInteger mistakes = new AtomicInteger();
    private final Vertx vertx = Vertx.vertx();
    private final Tables tables = new Tables(new MemoryStore("c-1", InstantSource.system()));
    private final NodeLinks links =
            NodeLinks.start(
                    vertx, tables, Epoch.take(tables.store(), "test"), this::effective, TIMES);
    private final HttpEdge edge = listen();

    private JobSpec effective(JobVersion version) {
        if (mistakes.getAndDecrement() > 0) {
            throw new IllegalStateException("a mistake");
        }
        return version.spec().job();
    }

    private HttpEdge listen() {
        try {
            return HttpEdge.listen(
                    vertx,
                    InetSocketAddress.createUnresolved("127.0.0.1", 0),
                    new RouteTable(List.of()),
                    Map.of(Wire.PATH, links::accept),
                    HttpLimits.STANDARD);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void a_job_with_one_allocation_on_n1() {
        Write write =
                Write.of(
                        new Write.Step.Create(Samples.storedJob("web")),
                        new Write.Step.Create(Samples.version("web")),
                        new Write.Step.Create(Samples.allocation("a-1", "web", "n1")));
        assertThat(tables.commit(write)).isInstanceOf(Commit.Done.class);
    }

    @AfterEach
    void close() throws Exception {
        links.close();
        edge.close();
        tables.store().close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void who_cannot_be_told_what_to_run_dials_again_and_is() throws Exception {
        mistakes.set(1);
        try (FakeNode node = FakeNode.join(vertx, edge.port(), "n1")) {
            assertThat(node.endedByServer()).isTrue();
        }
        try (FakeNode again = FakeNode.join(vertx, edge.port(), "n1")) {
            assertThat(again.next(ToNode.Desired.class).assignments())
                    .extracting(Assignment::id)
                    .containsExactly("a-1");
        }
    }

    @Test
    void whose_word_cannot_be_taken_is_not_left_waiting() throws Exception {
        try (FakeNode node = FakeNode.dial(vertx, edge.port())) {
            node.register("n".repeat(2_000), "uid-n");

            assertThat(node.endedByServer()).isTrue();
        }
    }
}
