package dev.drover.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.controller.testing.Http;
import dev.drover.store.Bytes;
import dev.drover.store.Key;
import dev.drover.store.Txn;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServerTest {
    private static final String JOBS = "/apis/drover.dev/v1/namespaces/default/jobs";
    private static final String WEB =
            """
            {"apiVersion": "drover.dev/v1", "kind": "Job", "metadata": {"name": "web"},
             "spec": {"groups": [{"name": "web", "tasks": [
               {"name": "server", "driver": "raw_exec", "config": {"command": "/bin/true"}}]}]}}
            """;

    @TempDir Path folder;

    @Test
    void what_was_acknowledged_is_there_after_a_restart() throws Exception {
        try (Server server = Server.start(config("127.0.0.1"))) {
            assertThat(new Http(server.port()).send("PUT", JOBS + "/web", WEB).statusCode())
                    .isEqualTo(201);
        }
        try (Server again = Server.start(config("127.0.0.1"))) {
            assertThat(new Http(again.port()).read(JOBS + "/web").body())
                    .contains("\"command\":\"/bin/true\"");
        }
    }

    @Test
    void a_second_server_on_the_same_folder_is_refused() throws Exception {
        try (Server server = Server.start(config("127.0.0.1"))) {
            assertThat(server.port()).isPositive();
            assertThatThrownBy(() -> Server.start(config("127.0.0.1")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void an_address_that_others_can_reach_is_refused() {
        assertThatThrownBy(() -> Server.start(config("0.0.0.0")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refused to listen on 0.0.0.0");
    }

    @Test
    void a_taken_port_is_said_and_gives_the_folder_back() throws Exception {
        try (Server server = Server.start(config("127.0.0.1"))) {
            Path other = folder.resolve("other");
            var taken = InetSocketAddress.createUnresolved("127.0.0.1", server.port());

            assertThatThrownBy(() -> Server.start(ServerConfig.of(taken, other)))
                    .hasMessageContaining("cannot listen on 127.0.0.1:" + server.port());
            DataFolder.take(other).close();
        }
    }

    /// As after going back to a program that is older than a record.
    @Test
    void a_record_that_it_cannot_read_is_named() throws Exception {
        Server.start(config("127.0.0.1")).close();
        try (DurableStore store =
                DurableStore.open(
                        folder.resolve("data/store"),
                        Settings.standard(),
                        InstantSource.system())) {
            store.commit(Txn.put(Key.ofCluster("nodes", "newer"), Bytes.utf8("no record")));
        }

        assertThatThrownBy(() -> Server.start(config("127.0.0.1")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("/nodes//newer at revision")
                .hasMessageContaining("start the program that wrote it");
        DataFolder.take(folder.resolve("data")).close();
    }

    @Test
    void closing_leaves_nobody_listening() throws Exception {
        Server server = Server.start(config("127.0.0.1"));
        server.close();

        assertThatThrownBy(
                        () -> new Socket(InetAddress.getLoopbackAddress(), server.port()).close())
                .isInstanceOf(IOException.class);
    }

    private ServerConfig config(String host) {
        return ServerConfig.of(InetSocketAddress.createUnresolved(host, 0), folder.resolve("data"));
    }
}
