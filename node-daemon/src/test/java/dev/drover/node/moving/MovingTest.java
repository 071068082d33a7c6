package dev.drover.node.moving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.wire.DataEntry;
import dev.drover.manifests.wire.DataEntry.Kind;
import dev.drover.node.files.Input;
import dev.drover.node.files.Sink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one node sends, another one has: whatever its names, and never elsewhere.
final class MovingTest {
    private static final Path DATA = Path.of("alloc/data");
    private static final int PIECE = 1_000;

    @TempDir Path folder;
    private Path from = Path.of("");
    private Path to = Path.of("");

    @BeforeEach
    void two_homes() throws IOException {
        from = folder.resolve("from");
        to = Files.createDirectory(folder.resolve("to"));
        Files.createDirectories(from.resolve(DATA));
    }

    private byte[] sent() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Departing.send(
                from,
                List.of(DATA),
                new Sink() {
                    @Override
                    public void write(ByteBuffer piece) {
                        while (piece.hasRemaining()) {
                            bytes.write(piece.get());
                        }
                    }

                    @Override
                    public void pause(Duration max) {
                        throw new IllegalStateException("nothing to wait for");
                    }
                });
        return bytes.toByteArray();
    }

    private void take(byte[] bytes) throws Exception {
        Queue<Input.Piece> pieces = new ArrayDeque<>();
        for (int at = 0; at < bytes.length; at += PIECE) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + PIECE));
            pieces.add(new Input.Piece.Bytes(new String(part, ISO_8859_1)));
        }
        pieces.add(new Input.Piece.End());
        Arriving.take(pieces::remove, to);
    }

    private static byte[] entry(Kind kind, String path, String link) {
        byte[] json =
                RecordJson.text(new DataEntry(path, kind, 0644, 0, 0, 0, Instant.EPOCH, link))
                        .getBytes(UTF_8);
        return ByteBuffer.allocate(4 + json.length).putInt(json.length).put(json).array();
    }

    private static byte[] all(byte[]... parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            bytes.writeBytes(part);
        }
        bytes.writeBytes(new byte[4]);
        return bytes.toByteArray();
    }

    @Test
    void files_folders_and_links_arrive_as_they_were() throws Exception {
        Path data = from.resolve(DATA);
        Files.createDirectories(data.resolve("a/leer und ü"));
        Path file = Files.writeString(data.resolve("a/leer und ü/n"), "x".repeat(300_000));
        Files.setAttribute(file, "unix:mode", 04751);
        Files.createSymbolicLink(data.resolve("out"), Path.of("/etc/passwd"));
        Files.writeString(data.resolve("empty"), "");
        Files.setAttribute(data, "unix:mode", 01777);

        take(sent());

        Path there = to.resolve(DATA);
        Path arrived = there.resolve("a/leer und ü/n");
        assertThat(arrived).hasSameBinaryContentAs(file);
        assertThat(Files.getAttribute(arrived, "unix:mode")).isEqualTo(0100751);
        assertThat(Files.getLastModifiedTime(arrived)).isEqualTo(Files.getLastModifiedTime(file));
        assertThat(Files.readSymbolicLink(there.resolve("out"))).isEqualTo(Path.of("/etc/passwd"));
        assertThat(there.resolve("empty")).isEmptyFile();
        assertThat(Files.getAttribute(there, "unix:mode")).isEqualTo(041777);
    }

    @Test
    void what_is_not_there_is_not_missed() throws Exception {
        Files.delete(from.resolve(DATA));

        take(sent());

        assertThat(to).isEmptyDirectory();
    }

    @Test
    void pipes_stay() throws Exception {
        assertThat(
                        new ProcessBuilder("mkfifo", from.resolve(DATA).resolve("p").toString())
                                .start()
                                .waitFor())
                .isZero();

        take(sent());

        assertThat(to.resolve(DATA)).isEmptyDirectory();
    }

    @Test
    void what_is_cut_off_does_not_count() throws Exception {
        Files.writeString(from.resolve(DATA).resolve("n"), "x".repeat(10_000));
        byte[] bytes = sent();

        assertThatThrownBy(() -> take(Arrays.copyOf(bytes, bytes.length - 5_000)))
                .hasMessage("it ended before all of it was here");
    }

    @Test
    void nothing_leads_elsewhere() {
        for (String path : List.of("../x", "alloc/../../x", "/x", "")) {
            assertThatThrownBy(() -> take(all(entry(Kind.FILE, path, ""))))
                    .as(path)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("leads elsewhere");
        }
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void nothing_is_written_through_a_link() {
        byte[] link = entry(Kind.LINK, "alloc/data", folder.toString());

        assertThatThrownBy(() -> take(all(link, entry(Kind.FILE, "alloc/data/x", ""))))
                .hasMessage("\"alloc/data/x\" is beneath what is no folder");

        assertThat(folder.resolve("x")).doesNotExist();
    }
}
