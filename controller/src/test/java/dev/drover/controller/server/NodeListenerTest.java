package dev.drover.controller.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.drover.controller.nodes.NodeDoor;
import dev.drover.controller.testing.Authority;
import dev.drover.controller.testing.FakeNode;
import dev.drover.controller.testing.Http;
import dev.drover.manifests.wire.ToNode;
import dev.drover.manifests.wire.Wire;
import dev.drover.node.fingerprint.Fingerprint;
import dev.drover.node.link.Dial;
import dev.drover.node.link.TlsFiles;
import dev.drover.node.main.NodeConfig;
import dev.drover.node.main.NodeDaemon;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Security rows 13 and 16: who comes in where nodes come in.
@Timeout(60)
class NodeListenerTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final String NODES = "/apis/drover.dev/v1/nodes";

    @TempDir static Path issued;
    private static Authority ours;
    private static Authority others;
    private static Authority.Issued ofServer;
    private static Authority.Issued ofNode;
    private static Authority.Issued stranger;

    @TempDir Path folder;
    private Path certificate;
    private Path key;
    private Server server;

    @BeforeAll
    static void certificates() throws Exception {
        ours = Authority.in(issued.resolve("ours"));
        others = Authority.in(issued.resolve("others"));
        ofServer = ours.issue("server");
        ofNode = ours.issue("n1");
        stranger = others.issue("n1");
    }

    @AfterAll
    static void vertx_ends() {
        VERTX.close();
    }

    @BeforeEach
    void a_server() throws Exception {
        certificate = folder.resolve("server.pem");
        key = folder.resolve("server-key.pem");
        install(ofServer);
        var loopback = InetSocketAddress.createUnresolved("127.0.0.1", 0);
        var door =
                new NodeDoor(loopback, ours.certificate(), certificate, key, Duration.ofMillis(50));
        server =
                Server.start(
                        ServerConfig.of(loopback, folder.resolve("data"))
                                .withNodes(Optional.of(door)));
    }

    @AfterEach
    void it_ends() {
        server.close();
    }

    @Test
    void a_node_daemon_with_a_certificate_is_let_in() throws Exception {
        var files = new TlsFiles(ours.certificate(), ofNode.certificate(), ofNode.key());
        try (NodeDaemon _ = NodeDaemon.start(daemon(files))) {
            await().untilAsserted(() ->
                    assertThat(new Http(server.port()).read(NODES + "/n1").body())
                            .contains("\"phase\":\"ready\""));
        }
    }

    @Test
    void a_certificate_speaks_for_the_node_it_names_and_for_no_other() throws Exception {
        try (FakeNode node = dial(trusting(ours).setKeyCertOptions(pem(ofNode)))) {
            node.register("n2", "uid-n2");

            assertThat(node.next(ToNode.Refused.class).because())
                    .contains("the certificate is for n1, not for a node called n2");
        }
        assertThat(new Http(server.port()).read(NODES + "/n2").statusCode()).isEqualTo(404);
    }

    @Test
    void without_a_certificate_of_the_authority_nobody_is_let_in() throws Exception {
        assertThatThrownBy(() -> dial(trusting(ours))).isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> dial(trusting(ours).setKeyCertOptions(pem(stranger))))
                .isInstanceOf(ExecutionException.class);
        assertThatThrownBy(() -> dial(new WebSocketClientOptions()))
                .isInstanceOf(ExecutionException.class);
    }

    @Test
    void an_older_tls_is_not_spoken() {
        var older =
                trusting(ours)
                        .setKeyCertOptions(pem(ofNode))
                        .setEnabledSecureTransportProtocols(Set.of("TLSv1.2"));

        assertThatThrownBy(() -> dial(older)).hasStackTraceContaining("protocol_version");
    }

    @Test
    void a_node_refuses_a_server_of_another_authority() {
        assertThatThrownBy(() -> dial(trusting(others).setKeyCertOptions(pem(ofNode))))
                .hasStackTraceContaining("PKIX path");
    }

    @Test
    void nothing_but_the_link_is_served_there_and_the_link_nowhere_else() {
        assertThatThrownBy(() ->
                        FakeNode.dial(
                                VERTX,
                                server.nodePort(),
                                trusting(ours).setKeyCertOptions(pem(ofNode)),
                                NODES))
                .hasMessageContaining("404");
        assertThatThrownBy(() -> FakeNode.dial(VERTX, server.port())).hasMessageContaining("404");
    }

    @Test
    void a_renewed_certificate_needs_no_restart() throws Exception {
        install(others.issue("server"));

        await().untilAsserted(() ->
                assertThatThrownBy(() -> dial(trusting(ours).setKeyCertOptions(pem(ofNode))))
                        .hasStackTraceContaining("PKIX path"));
        try (FakeNode node = dial(trusting(others).setKeyCertOptions(pem(ofNode)))) {
            node.register("n1", "uid-n1");

            assertThat(node.next()).isInstanceOf(ToNode.Registered.class);
        }
    }

    @Test
    void who_is_in_already_comes_in_again_under_renewed_certificates() throws Exception {
        try (FakeNode node = dial(trusting(ours).setKeyCertOptions(pem(ofNode)))) {
            node.register("n1", "uid-n1");
            assertThat(node.next()).isInstanceOf(ToNode.Registered.class);

            install(ofServer); // as they were, written anew

            assertThat(node.endedByServer()).isTrue();
        }
    }

    @Test
    void a_node_whose_certificate_changes_dials_again_with_it() throws Exception {
        Path own = Files.copy(ofNode.certificate(), folder.resolve("n1.pem"));
        Path ownKey = Files.copy(ofNode.key(), folder.resolve("n1-key.pem"));
        try (NodeDaemon _ =
                NodeDaemon.start(daemon(new TlsFiles(ours.certificate(), own, ownKey)))) {
            await().atMost(SOON).untilAsserted(() -> assertThat(asked()).isEqualTo(200));

            replace(stranger, own, ownKey);
            await().atMost(SOON).untilAsserted(() -> assertThat(asked()).isEqualTo(503));

            replace(ofNode, own, ownKey);
            await().atMost(SOON).untilAsserted(() -> assertThat(asked()).isEqualTo(200));
        }
    }

    private static final Duration SOON = Duration.ofSeconds(60);

    /// Whether the node is linked: what only it knows is asked.
    private int asked() throws Exception {
        return new Http(server.port()).read(NODES + "/n1/stats").statusCode();
    }

    /// The key first: until both are there they do not go together, and are not used.
    private static void replace(Authority.Issued by, Path certificate, Path key)
            throws IOException {
        Files.copy(by.key(), key, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(by.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void files_that_make_no_sense_leave_the_certificate_as_it_was() throws Exception {
        Files.writeString(certificate, "nonsense");

        try (FakeNode node = dial(trusting(ours).setKeyCertOptions(pem(ofNode)))) {
            node.register("n1", "uid-n1");

            assertThat(node.next()).isInstanceOf(ToNode.Registered.class);
        }
    }

    @Test
    void a_node_refuses_a_server_beyond_this_machine_without_tls() {
        var plain = Dial.plain("http://192.0.2.1:4646");

        assertThatThrownBy(() -> NodeDaemon.start(daemon(plain)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("refused to dial http://192.0.2.1:4646");
        assertThatThrownBy(() -> NodeDaemon.start(daemon(Dial.plain("https://192.0.2.1:4647"))))
                .hasMessageContaining("give --tls-ca, --tls-cert and --tls-key");
    }

    private NodeConfig daemon(TlsFiles files) {
        return daemon(new Dial("https://127.0.0.1:" + server.nodePort(), Optional.of(files)));
    }

    private NodeConfig daemon(Dial dial) {
        return new NodeConfig(
                dial,
                folder.resolve("node"),
                Optional.of("n1"),
                Optional.of("127.0.0.1"),
                new Fingerprint.Words("dc1", "default", "", Map.of()));
    }

    private FakeNode dial(WebSocketClientOptions options) throws Exception {
        return FakeNode.dial(VERTX, server.nodePort(), options, Wire.PATH);
    }

    private static WebSocketClientOptions trusting(Authority authority) {
        return new WebSocketClientOptions()
                .setSsl(true)
                .setTrustOptions(
                        new PemTrustOptions().addCertPath(authority.certificate().toString()));
    }

    private static PemKeyCertOptions pem(Authority.Issued holder) {
        return new PemKeyCertOptions()
                .setCertPath(holder.certificate().toString())
                .setKeyPath(holder.key().toString());
    }

    private void install(Authority.Issued holder) throws IOException {
        Files.copy(holder.key(), key, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(holder.certificate(), certificate, StandardCopyOption.REPLACE_EXISTING);
    }
}
