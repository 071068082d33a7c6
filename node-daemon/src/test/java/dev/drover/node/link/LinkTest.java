package dev.drover.node.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.json.WireJson;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.wire.FromNode;
import dev.drover.manifests.wire.FromNode.Register;
import dev.drover.manifests.wire.Inquiry;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.ToNode;
import dev.drover.manifests.wire.ToNode.Desired;
import dev.drover.manifests.wire.Wire;
import dev.drover.node.files.Sink;
import dev.drover.node.link.Inquiries.Asker;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Against a server that shakes hands, says what a test wants, and reads what a test reads.
@Timeout(60)
final class LinkTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration BEAT = Duration.ofMillis(500);

    /// Nothing is said of itself within a test.
    private static final Duration LONG_BEAT = Duration.ofHours(1);

    private static final String KEY = "Sec-WebSocket-Key: ";

    /// @param mistake whether what should be here is too much for it
    private record Node(NodeStatus status, boolean mistake) implements LinkedNode {
        @Override
        public Register words() {
            return new Register(Wire.PROTOCOL, "node", "uid", status, 0);
        }

        @Override
        public boolean belongsTo(String clusterId) {
            return true;
        }

        @Override
        public void heard() {}

        @Override
        public void desired(Desired desired) {
            if (mistake) {
                throw new IllegalStateException("nobody thought of this");
            }
        }

        @Override
        public void linked(Duration silenceMax) {}
    }

    private final BlockingQueue<Socket> dialled = new LinkedBlockingQueue<>();

    /// As many a lost connection: both ends have much to say and hear nothing.
    @Test
    void a_server_that_takes_nothing_is_dialled_anew_whoever_waits_to_speak(@TempDir Path folder)
            throws Exception {
        Inquiries inquiries = new Inquiries(_ -> true);
        try (ServerSocket server = server()) {
            Link link = link(server, folder, false, inquiries, (_, _, sink) -> flood(sink));
            try (Socket first = dialled.take()) {
                shake(first);
                say(first, new ToNode.Registered("c", BEAT, 0));
                var all = new StreamRequest.Stats(Optional.empty(), false);
                say(first, new ToNode.OpenStream(1, all, Long.MAX_VALUE));
                await().atMost(SOON).until(() -> askedUntilDialled(inquiries));
            } finally {
                link.hangUp();
            }
        }
    }

    @Test
    void a_mistake_ends_a_link_and_not_the_last_one(@TempDir Path folder) throws Exception {
        try (ServerSocket server = server()) {
            Link link = link(server, folder, true, new Inquiries(_ -> true), (_, _, _) -> {});
            try (Socket first = dialled.take()) {
                shake(first);
                say(first, new ToNode.Registered("c", LONG_BEAT, 0));
                say(first, new Desired(1, true, List.of(), List.of(), List.of()));

                assertThat(dialled.poll(SOON.toSeconds(), TimeUnit.SECONDS)).isNotNull();
            } finally {
                link.hangUp();
            }
        }
    }

    @Test
    void who_listens_hears_that_a_mistake_ended_it(@TempDir Path folder) throws Exception {
        StreamSource mistaken =
                (_, _, _) -> {
                    throw new IllegalStateException("nobody thought of this");
                };
        try (ServerSocket server = server()) {
            Link link = link(server, folder, false, new Inquiries(_ -> true), mistaken);
            try (Socket first = dialled.take()) {
                first.setSoTimeout((int) SOON.toMillis());
                shake(first);
                say(first, new ToNode.Registered("c", LONG_BEAT, 0));
                var all = new StreamRequest.Stats(Optional.empty(), false);
                say(first, new ToNode.OpenStream(1, all, Long.MAX_VALUE));

                assertThat(hear(first)).isInstanceOf(FromNode.Register.class);
                assertThat(hear(first))
                        .isEqualTo(
                                new FromNode.StreamEnd(
                                        1,
                                        Optional.of("a mistake of the node: its log says more")));
            } finally {
                link.hangUp();
            }
        }
    }

    private ServerSocket server() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> accept(server));
        return server;
    }

    private static Link link(
            ServerSocket server,
            Path folder,
            boolean mistake,
            Inquiries inquiries,
            StreamSource source)
            throws IOException {
        ReportNumbers numbers = ReportNumbers.open(folder.resolve("reports"));
        NodeStatus status =
                RecordJson.read(NodeStatus.class, "{\"phase\":\"ready\",\"resources\":{}}");
        String url = "http://127.0.0.1:" + server.getLocalPort();
        Link link = Link.dial(Endpoint.of(url, Optional.empty()), new SplittableRandom(1));
        link.carry(
                new Link.Cargo(
                        new Node(status, mistake),
                        new Reports(numbers),
                        numbers,
                        source,
                        inquiries,
                        new Arrivals()));
        return link;
    }

    /// The next message, which fits into a frame.
    private static FromNode hear(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        in.readUnsignedByte();
        int second = in.readUnsignedByte() & 0x7f;
        byte[] mask = new byte[4];
        byte[] text = new byte[second == 126 ? in.readUnsignedShort() : second];
        in.readFully(mask);
        in.readFully(text);
        for (int i = 0; i < text.length; i++) {
            text[i] ^= mask[i & 3];
        }
        return WireJson.fromNode(new String(text, StandardCharsets.UTF_8));
    }

    /// Questions that no link has carried yet, one at each look.
    private boolean askedUntilDialled(Inquiries inquiries) {
        Thread.ofPlatform().daemon().start(() -> ask(inquiries));
        return !dialled.isEmpty();
    }

    private static void ask(Inquiries inquiries) {
        Inquiry fresh = new Inquiry.Service("s" + Thread.currentThread().threadId());
        try {
            assertThat(inquiries.ask(new Asker("default", "a", "t"), fresh)).isEmpty();
        } catch (InterruptedException leaving) {
            Thread.currentThread().interrupt();
        }
    }

    private static void flood(Sink sink) throws IOException, InterruptedException {
        ByteBuffer much = ByteBuffer.allocate(1 << 20);
        while (true) {
            sink.write(much.clear());
        }
    }

    private void accept(ServerSocket server) {
        try {
            while (true) {
                dialled.add(server.accept());
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void shake(Socket socket) throws IOException {
        String key = "";
        for (String line = line(socket); !line.isEmpty(); line = line(socket)) {
            key = line.startsWith(KEY) ? line.substring(KEY.length()) : key;
        }
        String answer =
                "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: %s\r\n\r\n"
                        .formatted(Handshake.accept(key));
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
    }

    private static String line(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().strip();
    }

    /// One frame, as short as these words are.
    private static void say(Socket socket, ToNode message) throws IOException {
        byte[] text = WireJson.text(message).getBytes(StandardCharsets.UTF_8);
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        out.writeByte(0x81);
        if (text.length < 126) {
            out.writeByte(text.length);
        } else {
            out.writeByte(126);
            out.writeShort(text.length);
        }
        out.write(text);
    }
}
