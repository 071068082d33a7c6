package dev.drover.controller.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.controller.testing.FakeNode;
import dev.drover.controller.testing.Http;
import dev.drover.manifests.wire.ToNode;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PlanTest {
    private static final String WEB = "/apis/drover.dev/v1/namespaces/default/jobs/web";

    @TempDir static Path folder;

    private final Vertx vertx = Vertx.vertx();
    private Server server = start();
    private Http http = new Http(server.port());

    private static Server start() {
        try {
            return Server.start(
                    ServerConfig.of(
                            InetSocketAddress.createUnresolved("127.0.0.1", 0),
                            folder.resolve("data-" + System.nanoTime())));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void listens() {
        assertThat(server.port()).isPositive();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @Test
    void what_has_no_place_is_planned_with_its_reason_and_nothing_is_stored() throws Exception {
        String plan = http.send("POST", WEB + "/plan", job(2, "a")).body();

        assertThat(plan)
                .contains(
                        "\"effect\":\"created\"",
                        "\"create\":2",
                        "\"unplaced\":{\"web\":{\"count\":2");
        assertThat(http.read(WEB).statusCode()).isEqualTo(404);
    }

    @Test
    void a_change_says_what_becomes_of_running_allocations() throws Exception {
        try (FakeNode node = FakeNode.join(vertx, server.port(), "n1")) {
            node.next(ToNode.Desired.class);
            http.send("PUT", WEB, job(2, "a"));
            int told = 0;
            while (told < 2) {
                told += node.next(ToNode.Desired.class).assignments().size();
            }

            assertThat(plan(job(2, "a")))
                    .contains("\"effect\":\"unchanged\"", counts(0, 0, 0, 0, 2));
            assertThat(plan(job(3, "a"))).contains("\"effect\":\"changed\"", counts(1, 0, 0, 2, 0));
            assertThat(plan(job(1, "a"))).contains(counts(0, 1, 0, 1, 0));
            assertThat(plan(job(2, "b"))).contains(counts(0, 0, 2, 0, 0));
        }
    }

    private String plan(String job) throws Exception {
        return http.send("POST", WEB + "/plan", job).body();
    }

    private static String counts(int create, int destroy, int replace, int inPlace, int ignore) {
        return "\"create\":%d,\"destroy\":%d,\"replace\":%d,\"inPlace\":%d,\"ignore\":%d"
                .formatted(create, destroy, replace, inPlace, ignore);
    }

    private static String job(int count, String argument) {
        return """
        {"apiVersion": "drover.dev/v1", "kind": "Job", "metadata": {"name": "web"},
         "spec": {"groups": [{"name": "web", "count": %d, "tasks": [{"name": "server", "driver": "raw_exec",
           "config": {"command": "/bin/echo", "args": ["%s"]}}]}]}}
        """
                .formatted(count, argument);
    }
}
