package dev.drover.node.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How the link's TLS begins. That both sides look at certificates is tested where nodes come in.
@Timeout(60)
final class EndpointTest {
    private static final Duration MAX = Duration.ofSeconds(20);
    private static final char[] PASSWORD = "nothing-secret".toCharArray();

    /// The extension `key_share` with one entry: group 29, x25519, of 32 bytes.
    private static final String ONE_SHARE = "0033" + "0026" + "0024" + "001d" + "0020";

    private static final int HELLO_BYTES_MAX = 2_000;

    @TempDir static Path folder;

    @BeforeAll
    static void a_certificate() throws Exception {
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        List<String> command =
                List.of(
                        (keytool
                                        + " -genkeypair -alias us -dname CN=us -keyalg EC"
                                        + " -ext san=ip:127.0.0.1 -storepass nothing-secret -keystore "
                                        + store())
                                .split(" "));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        assertThat(process.waitFor())
                .as(new String(process.getInputStream().readAllBytes(), UTF_8))
                .isZero();
        pem("us.pem", "CERTIFICATE", keys().getCertificate("us").getEncoded());
        pem("us-key.pem", "PRIVATE KEY", keys().getKey("us", PASSWORD).getEncoded());
    }

    /// With two pairs of brackets the server took it for somebody else's name.
    @Test
    void an_address_of_ipv6_has_brackets_once() throws Exception {
        assertThat(Endpoint.of("http://[::1]:4646", Optional.empty())).hasToString("[::1]:4646");
    }

    private static Path store() {
        return folder.resolve("us.p12");
    }

    private static KeyStore keys() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(store().toFile())) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static void pem(String name, String what, byte[] bytes) throws IOException {
        Files.writeString(
                folder.resolve(name),
                "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes), what));
    }

    @Test
    void a_cold_machine_makes_one_key_before_its_first_word() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> hello = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> hello.complete(firstWords(server)));

            assertThat(CompletableFuture.runAsync(() -> connect(server.getLocalPort())))
                    .failsWithin(MAX);

            assertThat(hello.join()).contains(ONE_SHARE);
        }
    }

    private static String firstWords(ServerSocket server) {
        try (Socket socket = server.accept()) {
            byte[] some = new byte[HELLO_BYTES_MAX];
            int read = socket.getInputStream().read(some);
            return HexFormat.of().formatHex(some, 0, read);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Test
    void who_knows_other_groups_only_is_dialled_again_with_all() throws Exception {
        KeyManagerFactory own =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys(), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        try (var server =
                (SSLServerSocket)
                        context.getServerSocketFactory()
                                .createServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            SSLParameters parameters = server.getSSLParameters();
            parameters.setNamedGroups(new String[] {"secp256r1"});
            server.setSSLParameters(parameters);
            Thread.ofVirtual().start(() -> greet(server));

            assertThat(connect(server.getLocalPort())).isEqualTo("h");
        }
    }

    private static void greet(ServerSocket server) {
        for (int attempt = 0; attempt < 2; attempt++) {
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write('h');
            } catch (IOException refused) {
                assertThat(refused).hasMessageContaining("group");
            }
        }
    }

    @Test
    void files_that_a_server_refuses_are_blamed_where_they_are_wrong() throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("EC");
        pem("other-key.pem", "PRIVATE KEY", keys.generateKeyPair().getPrivate().getEncoded());
        var refused = new SSLHandshakeException("(handshake_failure) Received fatal alert");
        var unknown = new SSLHandshakeException("(certificate_required) Received fatal alert");

        assertThat(with("us-key.pem").because(refused)).isEqualTo(refused.getMessage());
        assertThat(with("us-key.pem").because(unknown))
                .contains("the server believes no authority of " + folder.resolve("us.pem"))
                .endsWith(" (" + unknown.getMessage() + ")");
        assertThat(with("other-key.pem").because(refused))
                .startsWith(folder.resolve("other-key.pem") + " is not the key of the certificate");
        assertThat(with("other-key.pem").because(new IOException("Connection refused")))
                .isEqualTo("Connection refused");
    }

    private static Endpoint with(String key) {
        Path us = folder.resolve("us.pem");
        return new Endpoint("127.0.0.1", 1, Optional.of(new TlsFiles(us, us, folder.resolve(key))));
    }

    /// The first letter that is said there.
    private static String connect(int port) {
        var files =
                new TlsFiles(
                        folder.resolve("us.pem"),
                        folder.resolve("us.pem"),
                        folder.resolve("us-key.pem"));
        var endpoint = new Endpoint("127.0.0.1", port, Optional.of(files));
        try (Socket socket = endpoint.connect(MAX, _ -> {})) {
            return Character.toString(socket.getInputStream().read());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
