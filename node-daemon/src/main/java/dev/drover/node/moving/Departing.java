package dev.drover.node.moving;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.wire.DataEntry;
import dev.drover.manifests.wire.DataEntry.Kind;
import dev.drover.node.files.Sink;
import dev.drover.node.os.Beneath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Sends folders of an allocation that has ended, each entry as a [DataEntry]. Every folder comes
/// before what is in it; links go as they are and are never followed.
public final class Departing {
    private static final int BUFFER = 64 << 10;

    /// Nobody makes folders so deep but to make others stumble.
    static final int DEPTH_MAX = 100;

    /// Rights, without what kind of file it is.
    private static final int MODE = 07777;

    private final Path home;
    private final Sink sink;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);

    private Departing(Path home, Sink sink) {
        this.home = home;
        this.sink = sink;
    }

    /// Sends these folders, and all that is in them.
    ///
    /// @param home of the allocation
    /// @param folders beneath it
    public static void send(Path home, List<Path> folders, Sink sink)
            throws IOException, InterruptedException {
        Departing departing = new Departing(home, sink);
        for (Path folder : folders) {
            departing.entry(folder, 0);
        }
        sink.write(ByteBuffer.allocate(Integer.BYTES).putInt(0).flip());
    }

    private void entry(Path path, int depth) throws IOException, InterruptedException {
        if (depth > DEPTH_MAX) {
            throw new IOException(path + " is deeper than " + DEPTH_MAX + " folders");
        }
        Path parent = path.getParent() == null ? Path.of("") : path.getParent();
        String name = path.getFileName().toString();
        try (Beneath folder = Beneath.open(home, parent.toString())) {
            Optional<DataEntry> entry = described(path, folder, name);
            if (entry.isPresent()) {
                send(entry.get(), path, depth);
            }
        } catch (NoSuchFileException gone) {
            // Nobody has it any more, so nobody misses it.
        }
    }

    private void send(DataEntry entry, Path path, int depth)
            throws IOException, InterruptedException {
        switch (entry.kind()) {
            case FILE -> file(entry);
            case LINK -> head(entry);
            case FOLDER -> {
                head(entry);
                children(path, depth);
            }
        }
    }

    /// Nothing for a pipe or a socket, whose processes are gone.
    private static Optional<DataEntry> described(Path path, Beneath folder, String name)
            throws IOException {
        Map<String, Object> unix = folder.unix(name);
        Optional<Kind> kind =
                is(unix, "isDirectory")
                        ? Optional.of(Kind.FOLDER)
                        : is(unix, "isSymbolicLink")
                                ? Optional.of(Kind.LINK)
                                : Optional.of(Kind.FILE).filter(_ -> is(unix, "isRegularFile"));
        String link = kind.equals(Optional.of(Kind.LINK)) ? folder.target(name) : "";
        return kind.map(k ->
                new DataEntry(
                        path.toString(),
                        k,
                        number(unix, "mode").intValue() & MODE,
                        number(unix, "uid").intValue(),
                        number(unix, "gid").intValue(),
                        k == Kind.FILE ? number(unix, "size").longValue() : 0,
                        ((FileTime) said(unix, "lastModifiedTime")).toInstant(),
                        link));
    }

    private static boolean is(Map<String, Object> unix, String what) {
        return said(unix, what).equals(true);
    }

    private static Number number(Map<String, Object> unix, String what) {
        return (Number) said(unix, what);
    }

    private static Object said(Map<String, Object> unix, String what) {
        return Optional.ofNullable(unix.get(what)).orElseThrow();
    }

    private void children(Path path, int depth) throws IOException, InterruptedException {
        try (Beneath folder = Beneath.open(home, path.toString());
                DirectoryStream<Path> entries = folder.entries()) {
            for (Path entry : entries) {
                entry(path.resolve(entry.getFileName().toString()), depth + 1);
            }
        }
    }

    private void file(DataEntry entry) throws IOException, InterruptedException {
        try (Beneath file = Beneath.open(home, entry.path());
                FileChannel channel = file.read()) {
            head(entry);
            long left = entry.size();
            while (left > 0) {
                buffer.clear().limit((int) Math.min(BUFFER, left));
                if (channel.read(buffer) <= 0) {
                    throw new IOException(entry.path() + " was cut while it was read");
                }
                left -= buffer.position();
                sink.write(buffer.flip());
            }
        }
    }

    private void head(DataEntry entry) throws IOException, InterruptedException {
        byte[] json = RecordJson.text(entry).getBytes(UTF_8);
        if (json.length > DataEntry.BYTES_MAX) {
            throw new IOException("a name of more than " + DataEntry.BYTES_MAX + " bytes");
        }
        sink.write(
                ByteBuffer.allocate(Integer.BYTES + json.length)
                        .putInt(json.length)
                        .put(json)
                        .flip());
    }
}
