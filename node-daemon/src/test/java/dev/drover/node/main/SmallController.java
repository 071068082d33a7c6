package dev.drover.node.main;

import dev.drover.manifests.json.WireJson;
import dev.drover.manifests.wire.AllocationReport;
import dev.drover.manifests.wire.FromNode;
import dev.drover.manifests.wire.StreamRequest;
import dev.drover.manifests.wire.ToNode;
import dev.drover.manifests.wire.Wire;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A controller with a memory and nothing else: it keeps what it was told, in the order it was
/// told, and says what it is set to say. One node at a time.
final class SmallController implements AutoCloseable {
    private final ServerSocket server;
    private final Map<String, AllocationReport> heard = new LinkedHashMap<>();
    private final List<AllocationReport> story = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private final Map<Integer, StringBuilder> streams = new LinkedHashMap<>();
    private final Map<Integer, Optional<String>> ended = new LinkedHashMap<>();
    private Optional<Socket> link = Optional.empty();
    private ToNode.Desired desired = new ToNode.Desired(0, true, List.of(), List.of(), List.of());
    private long lastReport;
    private int registrations;
    private int heartbeats;
    private boolean away;
    private boolean mute;
    private Duration beat = Duration.ofSeconds(5);

    SmallController() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        // Of the system: it hears what a node says whose virtual threads are held up.
        Thread.ofPlatform().name("controller").daemon().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    /// What the node should run from now on; said at once when it is linked.
    synchronized void want(ToNode.Desired whole) {
        desired = whole;
        try {
            if (link.isPresent()) {
                say(whole);
            }
        } catch (IOException killed) {
            link = Optional.empty(); // the next one hears it when it registers
        }
    }

    synchronized void say(ToNode message) throws IOException {
        say(message, link.orElseThrow());
    }

    private synchronized void say(ToNode message, Socket to) throws IOException {
        if (!mute) {
            frame(to.getOutputStream(), 1, WireJson.text(message));
        }
    }

    synchronized Optional<AllocationReport> heard(String id) {
        return Optional.ofNullable(heard.get(id));
    }

    /// Every report of the allocation, the oldest first.
    synchronized List<AllocationReport> story(String id) {
        return story.stream().filter(report -> report.id().equals(id)).toList();
    }

    synchronized List<String> violations() {
        return List.copyOf(violations);
    }

    synchronized int registrations() {
        return registrations;
    }

    synchronized int heartbeats() {
        return heartbeats;
    }

    synchronized boolean linked() {
        return link.isPresent();
    }

    synchronized Optional<String> stream(int number) {
        return Optional.ofNullable(ended.get(number)).map(_ -> streamed(number));
    }

    synchronized String streamed(int number) {
        return streams.getOrDefault(number, new StringBuilder()).toString();
    }

    synchronized Optional<String> streamError(int number) {
        return ended.getOrDefault(number, Optional.empty());
    }

    /// Hangs up, as a controller that is killed does.
    synchronized void drop() throws IOException {
        if (link.isPresent()) {
            link.get().close();
        }
    }

    /// Refuses everybody from now on, or lets them in again.
    synchronized void away(boolean gone) throws IOException {
        away = gone;
        if (gone) {
            drop();
        }
    }

    /// How often nodes that register from now on say that they live.
    synchronized void beat(Duration every) {
        beat = every;
    }

    /// Says nothing any more, though the line stands, until it is told to speak again.
    synchronized void mute(boolean silent) throws IOException {
        mute = silent;
        if (!silent) {
            drop(); // what was not said is lost
        }
    }

    private synchronized boolean isAway() {
        return away;
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                if (!isAway()) {
                    serve(socket);
                }
            } catch (IOException over) {
                link = Optional.empty(); // the node dials again
            } finally {
                synchronized (this) {
                    link = Optional.empty();
                }
            }
        }
    }

    private void serve(Socket socket) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        handshake(in, socket.getOutputStream());
        StringBuilder text = new StringBuilder();
        while (true) {
            int first = in.readUnsignedByte();
            byte[] payload = payload(in);
            switch (first & 0x0f) {
                case 0, 1 -> {
                    text.append(new String(payload, StandardCharsets.UTF_8));
                    if ((first & 0x80) != 0) {
                        hear(WireJson.fromNode(text.toString()), socket);
                        text.setLength(0);
                    }
                }
                case 2 -> data(payload);
                case 9 -> pong(socket);
                default -> throw new IOException("closed");
            }
        }
    }

    private synchronized void pong(Socket socket) throws IOException {
        if (!mute) {
            frame(socket.getOutputStream(), 10, "");
        }
    }

    private synchronized void data(byte[] payload) {
        int number = java.nio.ByteBuffer.wrap(payload).getInt();
        streams.computeIfAbsent(number, _ -> new StringBuilder())
                .append(new String(payload, 4, payload.length - 4, StandardCharsets.UTF_8));
    }

    /// Answers whom it came from: by now the link may be known to be gone.
    private synchronized void hear(FromNode message, Socket socket) throws IOException {
        switch (message) {
            case FromNode.Register _ -> {
                registrations++;
                link = Optional.of(socket);
                say(new ToNode.Registered("cluster", beat, lastReport), socket);
                say(desired, socket);
            }
            case FromNode.Report(long sequence, var allocations) -> {
                if (sequence <= lastReport) {
                    violations.add("report " + sequence + " after " + lastReport);
                }
                lastReport = sequence;
                allocations.forEach(this::take);
                say(new ToNode.ReportTaken(sequence), socket);
            }
            case FromNode.StreamEnd(int stream, Optional<String> error) -> ended.put(stream, error);
            case FromNode.Fetch(String _, String allocation) -> {
                var nowhere = Optional.of("nobody has it any more");
                say(
                        new ToNode.OpenStream(-1, new StreamRequest.Take(allocation, nowhere), 1),
                        socket);
            }
            case FromNode.Heartbeat _ -> heartbeats++;
            case FromNode.InputCredit _, FromNode.Ask _ -> {}
        }
    }

    private void take(AllocationReport report) {
        story.add(report);
        Optional<AllocationReport> before = Optional.ofNullable(heard.put(report.id(), report));
        if (before.filter(b -> b.status().phase().terminal()).isPresent()
                && !report.status().phase().terminal()) {
            violations.add(report.id() + " came back from " + before.get().status().phase());
        }
    }

    private static void handshake(DataInputStream in, OutputStream out) throws IOException {
        String key = "";
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.startsWith("Sec-WebSocket-Key: ")) {
                key = line.substring("Sec-WebSocket-Key: ".length());
            }
        }
        try {
            String accept =
                    Base64.getEncoder()
                            .encodeToString(
                                    MessageDigest.getInstance("SHA-1")
                                            .digest(
                                                    (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")
                                                            .getBytes(StandardCharsets.US_ASCII)));
            out.write(
                    ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
                                    + "Connection: Upgrade\r\nSec-WebSocket-Accept: "
                                    + accept
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    private static byte[] payload(DataInputStream in) throws IOException {
        int second = in.readUnsignedByte();
        int length = (second & 0x7f) == 126 ? in.readUnsignedShort() : second & 0x7f;
        if ((second & 0x80) == 0 || length > Wire.FRAME_MAX) {
            throw new IOException("a frame that no client may send");
        }
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return payload;
    }

    /// In frames of a thousand bytes: the node must put them together.
    private static void frame(OutputStream out, int opcode, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int from = 0;
        do {
            int length = Math.min(1000, bytes.length - from);
            boolean last = from + length == bytes.length;
            out.write((last ? 0x80 : 0) | (from == 0 ? opcode : 0));
            if (length < 126) {
                out.write(length);
            } else {
                out.write(new byte[] {126, (byte) (length >> 8), (byte) length});
            }
            out.write(bytes, from, length);
            from += length;
        } while (from < bytes.length);
    }

    @Override
    public void close() throws IOException {
        server.close();
        drop();
    }
}
