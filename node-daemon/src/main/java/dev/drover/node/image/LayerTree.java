package dev.drover.node.image;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A tree of files that grows layer by layer. Every path is resolved as a program inside would see
/// it: a link leads on from the tree's own root, so nothing is ever written, linked or removed
/// outside. Nobody else writes to the tree meanwhile, so what was looked at is still so when it is
/// used.
final class LayerTree {
    private static final String WHITEOUT = ".wh.";
    private static final String RESERVED = ".wh..wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    /// As many as the kernel follows.
    private static final int LINKS_MAX = 40;

    /// Nothing set-uid or set-gid, which no jail lets count anyway.
    private static final int MODE = 01777;

    private final Path root;
    private final ImageLimits limits;
    private final boolean owners = "root".equals(System.getProperty("user.name"));

    private final byte[] buffer = new byte[64 << 10];
    private long bytes;
    private int entries;

    /// In an empty folder.
    LayerTree(Path root, ImageLimits limits) {
        this.root = root;
        this.limits = limits;
    }

    /// Unpacked so far.
    long bytes() {
        return bytes;
    }

    /// Takes away what a layer says is gone. That counts for the layers below it only, so it comes
    /// before the layer's own files, wherever in the layer it stands.
    void takeAway(TarReader tar) throws IOException {
        for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
            Deque<String> parts = parts(next.get().name());
            if (!parts.isEmpty() && parts.getLast().startsWith(WHITEOUT)) {
                String last = parts.removeLast();
                whiteout(parts, last);
            }
        }
    }

    /// Adds a layer's files.
    ///
    /// @param packedBytes what it takes as it is stored
    void add(TarReader tar, long packedBytes) throws IOException {
        long byRatio = Math.max(packedBytes * limits.ratio(), ImageLimits.RATIO_FROM_BYTES);
        long most = Math.min(limits.bytes(), bytes + byRatio);
        for (Optional<TarEntry> next = tar.next(); next.isPresent(); next = tar.next()) {
            if (++entries > limits.entries()) {
                throw new ImageFailure("more than " + limits.entries() + " files");
            }
            try {
                place(next.get(), tar, most);
            } catch (InvalidPathException unspeakable) {
                throw new ImageFailure(
                        "a file's name cannot be written in this node's character set ("
                                + System.getProperty("sun.jnu.encoding")
                                + "); start it with LANG=C.UTF-8");
            }
        }
    }

    private void place(TarEntry entry, TarReader tar, long most) throws IOException {
        Deque<String> parts = parts(entry.name());
        if (parts.isEmpty()) {
            own(root, entry); // the root itself
            return;
        }
        String last = parts.removeLast();
        if (last.startsWith(WHITEOUT)) {
            return;
        }
        Path folder = folder(parts);
        Path path = folder.resolve(last);
        switch (entry.kind()) {
            case FOLDER -> {
                if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                    remove(path);
                    Files.createDirectory(path);
                }
                own(path, entry);
            }
            case FILE -> {
                remove(path);
                write(path, tar, most);
                own(path, entry);
                Files.setLastModifiedTime(path, FileTime.from(entry.modified()));
            }
            case SYMBOLIC_LINK -> {
                remove(path);
                Files.createSymbolicLink(path, Path.of(entry.link()));
                owner(path, entry);
            }
            case HARD_LINK -> {
                Path target = existing(entry);
                if (!target.equals(path)) {
                    remove(path);
                    Files.createLink(path, target);
                }
            }
            case OTHER -> {} // devices and pipes: a jail has those it needs
        }
    }

    private void write(Path path, TarReader tar, long most) throws IOException {
        try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)) {
            for (int count = tar.read(buffer); count >= 0; count = tar.read(buffer)) {
                bytes += count;
                if (bytes > most) {
                    throw new ImageFailure(
                            "unpacks to more than "
                                    + most
                                    + " bytes: beyond "
                                    + limits.bytes()
                                    + ", or "
                                    + limits.ratio()
                                    + " times its packed size");
                }
                out.write(buffer, 0, count);
            }
        }
    }

    private Path existing(TarEntry entry) throws IOException {
        Deque<String> parts = parts(entry.link());
        if (!parts.isEmpty()) {
            String last = parts.removeLast();
            Path target = folder(parts).resolve(last);
            if (Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                    || Files.isSymbolicLink(target)) {
                return target;
            }
        }
        throw new ImageFailure(entry.name() + " is a link to a file that is not there");
    }

    private void own(Path path, TarEntry entry) throws IOException {
        owner(path, entry);
        Files.setAttribute(path, "unix:mode", entry.mode() & MODE); // after chown, which clears
    }

    private void owner(Path path, TarEntry entry) throws IOException {
        if (owners) {
            Files.setAttribute(path, "unix:uid", entry.uid(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:gid", entry.gid(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    private void whiteout(Deque<String> parts, String name) throws IOException {
        if (name.startsWith(RESERVED) && !name.equals(OPAQUE)) {
            return; // notes of the file system that once made layers
        }
        Path folder = folder(parts);
        if (name.equals(OPAQUE)) {
            empty(folder);
            return;
        }
        String gone = name.substring(WHITEOUT.length());
        if (gone.isEmpty() || gone.equals(".") || gone.equals("..")) {
            throw new ImageFailure("\"" + name + "\" would remove a folder above");
        }
        remove(folder.resolve(gone));
    }

    /// The names of a path from the root. It may not climb: no builder writes such names.
    private static Deque<String> parts(String name) throws ImageFailure {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : name.split("/+", -1)) {
            if (part.equals("..")) {
                throw new ImageFailure("\"" + name + "\" leads out of the image");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return parts;
    }

    /// The folder of these names, made where it is missing.
    private Path folder(Deque<String> names) throws IOException {
        Deque<String> todo = new ArrayDeque<>(names);
        Path at = root;
        int links = 0;
        while (!todo.isEmpty()) {
            String name = todo.removeFirst();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) { // of a link: as at /, where it stays
                at = at.equals(root) ? root : at.resolveSibling(".").normalize();
                continue;
            }
            Path next = at.resolve(name);
            if (Files.isSymbolicLink(next)) {
                if (++links > LINKS_MAX) {
                    throw new ImageFailure("too many links in " + String.join("/", names));
                }
                String target = Files.readSymbolicLink(next).toString();
                at = target.startsWith("/") ? root : at;
                List.of(target.split("/+", -1)).reversed().forEach(todo::addFirst);
            } else {
                if (!Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectory(next);
                } else if (!Files.isDirectory(next, LinkOption.NOFOLLOW_LINKS)) {
                    throw new ImageFailure(
                            String.join("/", names) + " is beneath a file, not a folder");
                }
                at = next;
            }
            if (at.getNameCount() - root.getNameCount() > ImageLimits.DEPTH_MAX) {
                throw new ImageFailure("a path of more than " + ImageLimits.DEPTH_MAX + " folders");
            }
        }
        return at;
    }

    /// Removes it with all that is beneath; never what a link leads to.
    static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            empty(path);
        }
        Files.deleteIfExists(path);
    }

    private static void empty(Path folder) throws IOException {
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
            for (Path child : children) {
                remove(child);
            }
        }
    }
}
