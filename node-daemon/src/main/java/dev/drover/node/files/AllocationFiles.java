package dev.drover.node.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.wire.FileEntry;
import dev.drover.node.os.Beneath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The files of one allocation, as people see them. Secrets are not among them.
public final class AllocationFiles {
    private static final int BUFFER = 64 << 10;

    /// A folder with more names than this is cut: it is meant for eyes.
    private static final int NAMES_MAX = 10_000;

    /// How soon what is written is seen by somebody who follows.
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Path home;

    /// Beneath that folder.
    public AllocationFiles(Path home) {
        this.home = home;
    }

    /// The names in a folder, a line of JSON each.
    public void list(String path, Sink sink) throws IOException, InterruptedException {
        try (Beneath folder = open(path)) {
            if (!folder.attributes().isDirectory()) {
                throw new IOException("\"" + path + "\" is not a folder: read it instead");
            }
            for (String name : folder.names().stream().limit(NAMES_MAX).toList()) {
                Optional<FileEntry> entry = entry(folder, name);
                if (entry.isPresent()) {
                    byte[] line = (RecordJson.text(entry.get()) + "\n").getBytes(UTF_8);
                    sink.write(ByteBuffer.wrap(line));
                }
            }
        }
    }

    /// What it is, as one line of JSON. Links are followed, as far as they stay inside.
    public void stat(String path, Sink sink) throws IOException, InterruptedException {
        try (Beneath opened = open(path)) {
            String name = String.valueOf(opened.place().getFileName());
            byte[] line =
                    (RecordJson.text(entry(name, opened.attributes())) + "\n").getBytes(UTF_8);
            sink.write(ByteBuffer.wrap(line));
        }
    }

    /// Empty when it has gone since it was listed.
    private static Optional<FileEntry> entry(Beneath folder, String name) throws IOException {
        try {
            return Optional.of(entry(name, folder.entry(name)));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    private static FileEntry entry(String name, PosixFileAttributes attributes) {
        String kind = attributes.isDirectory() ? "d" : attributes.isSymbolicLink() ? "l" : "-";
        return new FileEntry(
                name,
                attributes.isDirectory(),
                attributes.size(),
                kind + PosixFilePermissions.toString(attributes.permissions()),
                attributes.lastModifiedTime().toInstant());
    }

    /// A file's bytes from `offset`, at most `limit` of them.
    public void read(String path, long offset, long limit, Sink sink)
            throws IOException, InterruptedException {
        try (Beneath file = open(path);
                FileChannel channel = file.read()) {
            channel.position(offset);
            long left = limit;
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (left > 0) {
                buffer.clear().limit((int) Math.min(BUFFER, left));
                if (channel.read(buffer) <= 0) {
                    return;
                }
                left -= buffer.position();
                sink.write(buffer.flip());
            }
        }
    }

    /// A file's bytes from `offset`, then what is written to it, until `over` says that nothing
    /// will be: the file that was opened, whatever has its name later. One that was cut is read
    /// from its beginning.
    public void follow(String path, long offset, BooleanSupplier over, Sink sink)
            throws IOException, InterruptedException {
        try (Beneath file = open(path);
                FileChannel channel = file.read()) {
            channel.position(offset);
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            while (true) {
                // In this order: what is over before we look has written all there will be.
                boolean last = over.getAsBoolean();
                if (channel.size() < channel.position()) {
                    channel.position(0);
                }
                boolean nothing = true;
                while (channel.read(buffer.clear()) > 0) {
                    nothing = false;
                    sink.write(buffer.flip());
                }
                if (nothing && last) {
                    return;
                }
                if (nothing) {
                    sink.pause(LOOK_EVERY);
                }
            }
        }
    }

    /// Opens what may be seen.
    private Beneath open(String path) throws IOException {
        Beneath opened = Beneath.open(home, path);
        Path place = opened.place();
        Path inside = home.toRealPath().relativize(place);
        if (inside.getNameCount() > 1 && inside.getName(1).toString().equals("secrets")) {
            opened.close();
            throw new IOException("\"" + path + "\" is secret");
        }
        return opened;
    }
}
