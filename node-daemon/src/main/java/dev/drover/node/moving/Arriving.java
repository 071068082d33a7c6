package dev.drover.node.moving;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.wire.DataEntry;
import dev.drover.node.files.Input;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;

/// Puts what another node sends into a folder that nobody else writes to meanwhile. Nothing is
/// written through a link, so nothing can leave it; set-uid bits do not arrive.
public final class Arriving {
    private static final int BUFFER = 64 << 10;
    private static final int MODE = 01777;

    private final Path folder;
    private final DataInputStream in;
    private final boolean owners = "root".equals(System.getProperty("user.name"));
    private final byte[] buffer = new byte[BUFFER];

    private Arriving(Path folder, InputStream in) {
        this.folder = folder;
        this.in = new DataInputStream(in);
    }

    /// Takes all of it.
    ///
    /// @param folder empty
    /// @throws IOException when it was cut off, or leads elsewhere
    /// @throws InterruptedException when nobody sends any more
    public static void take(Input input, Path folder) throws IOException, InterruptedException {
        Pieces pieces = new Pieces(input);
        try {
            new Arriving(folder, pieces).all();
        } catch (EOFException cut) {
            throw new IOException("it ended before all of it was here", cut);
        } finally {
            pieces.rethrow();
        }
    }

    private void all() throws IOException {
        for (int length = in.readInt(); length != 0; length = in.readInt()) {
            if (length < 0 || length > DataEntry.BYTES_MAX) {
                throw new IOException("an entry of " + length + " bytes");
            }
            byte[] json = new byte[length];
            in.readFully(json);
            place(RecordJson.read(DataEntry.class, new String(json, UTF_8)));
        }
    }

    private void place(DataEntry entry) throws IOException {
        Path path = path(entry);
        switch (entry.kind()) {
            case FOLDER -> {
                Files.createDirectory(path);
                own(path, entry);
                Files.setAttribute(path, "unix:mode", entry.mode() & MODE);
            }
            case LINK -> {
                Files.createSymbolicLink(path, Path.of(entry.link()));
                own(path, entry);
            }
            case FILE -> {
                write(path, entry.size());
                own(path, entry);
                Files.setAttribute(path, "unix:mode", entry.mode() & MODE);
                Files.setLastModifiedTime(path, FileTime.from(entry.modified()));
            }
        }
    }

    /// Where an entry goes. What is on the way is a folder, or made one.
    private Path path(DataEntry entry) throws IOException {
        Path relative;
        try {
            relative = Path.of(entry.path());
        } catch (InvalidPathException e) {
            throw new IOException("no path: " + e.getReason(), e);
        }
        if (entry.path().isEmpty()
                || relative.isAbsolute()
                || !relative.normalize().equals(relative)
                || relative.startsWith("..")) {
            throw new IOException("\"" + relative + "\" leads elsewhere");
        }
        Path above = folder;
        for (Path part : relative) {
            if (!Files.exists(above, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(above);
            }
            if (!Files.isDirectory(above, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("\"" + relative + "\" is beneath what is no folder");
            }
            above = above.resolve(part);
        }
        return above;
    }

    private void write(Path path, long size) throws IOException {
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)) {
            long left = size;
            while (left > 0) {
                int count = in.read(buffer, 0, (int) Math.min(BUFFER, left));
                if (count < 0) {
                    throw new EOFException();
                }
                out.write(buffer, 0, count);
                left -= count;
            }
        }
    }

    private void own(Path path, DataEntry entry) throws IOException {
        if (owners) {
            Files.setAttribute(path, "unix:uid", entry.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", entry.gid(), LinkOption.NOFOLLOW_LINKS);
        }
    }
}
