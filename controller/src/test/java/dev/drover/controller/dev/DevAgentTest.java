package dev.drover.controller.dev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.controller.client.Address;
import dev.drover.controller.client.Client;
import dev.drover.controller.client.Type;
import dev.drover.controller.client.Where;
import dev.drover.manifests.model.NodePhase;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DevAgentTest {
    @TempDir Path folder;

    /// It dialled 127.0.0.1, whatever the server listened on.
    @Test
    void its_node_dials_the_address_that_was_typed() throws Exception {
        var second = InetSocketAddress.createUnresolved("127.0.0.2", 0);
        try (DevAgent agent = DevAgent.start(second, Optional.of(folder))) {
            Client client = new Client(new Address("127.0.0.2", agent.port()));

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(client.list(Type.NODES, "", Where.ANY).items())
                                    .extracting(node -> node.status().phase())
                                    .containsExactly(NodePhase.READY));
        }
    }
}
