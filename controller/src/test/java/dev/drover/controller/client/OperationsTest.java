package dev.drover.controller.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.DeploymentSpec;
import dev.drover.manifests.model.DeploymentStatus;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.Value;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Of a server on which somebody else always writes first.
class OperationsTest {
    private final List<String> patches = new ArrayList<>();
    private HttpServer server;
    private int conflicts;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void what_somebody_else_promotes_in_the_same_moment_stays() throws Exception {
        conflicts = 1;

        promote("api");

        assertThat(patches)
                .containsExactly(
                        "{\"metadata\":{\"resourceVersion\":\"1\"},\"spec\":{\"promoted\":[\"api\"]}}",
                        "{\"metadata\":{\"resourceVersion\":\"2\"},"
                                + "\"spec\":{\"promoted\":[\"web\",\"api\"]}}");
    }

    @Test
    void who_is_never_fast_enough_is_told_in_the_end() {
        conflicts = 1_000;

        assertThatThrownBy(() -> promote("api")).hasMessage("has changed");

        assertThat(patches).hasSize(10);
    }

    private void promote(String group) throws IOException {
        var client = new Client(new Address("127.0.0.1", server.getAddress().getPort()));
        new Operations(client)
                .revise(
                        Type.DEPLOYMENTS,
                        deployment(1, List.of()),
                        seen -> Map.of("promoted", with(seen.spec().promoted(), group)));
    }

    private static Value with(List<String> promoted, String group) {
        List<Value> all = new ArrayList<>();
        promoted.forEach(other -> all.add(new Value.Text(other)));
        all.add(new Value.Text(group));
        return new Value.Items(all);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean write = exchange.getRequestMethod().equals("PATCH");
            if (write) {
                patches.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            }
            boolean conflict = write && patches.size() <= conflicts;
            String now = RecordJson.manifest(deployment(2, List.of("web")));
            byte[] body = (conflict ? "{\"message\":\"has changed\"}" : now).getBytes(UTF_8);
            exchange.sendResponseHeaders(conflict ? 409 : 200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Deployment deployment(int revision, List<String> promoted) {
        return new Deployment(
                Metadata.named("default", "d").at(Integer.toString(revision)),
                new DeploymentSpec("web", "uid", 1, false, promoted, false, Map.of()),
                new DeploymentStatus(
                        DeploymentPhase.RUNNING, "", Map.of(), Optional.empty(), Optional.empty()));
    }
}
