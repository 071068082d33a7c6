package dev.drover.node.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// A folder that an archive's entries are written into, none of which can leave it.
///
/// Symbolic links are made last, when every file is written: so no entry is ever written through
/// one. Their own targets may go up only as far as this folder, and only at their beginning, so
/// that no chain of them leads out either.
final class Tree {

    private static final int NAME_CHARS_MAX = 4096;
    private static final int DEPTH_MAX = 100;
    private static final int BUFFER_BYTES = 64 << 10;

    private final Path root;
    private final Budget budget;
    private final Map<Path, String> links = new LinkedHashMap<>();

    Tree(Path root, Budget budget) throws IOException {
        this.root = root;
        this.budget = budget;
        folders(root);
    }

    /// Makes a relative folder and those above it. (The library's own way looks at the absolute
    /// path, which the child may not walk along: its working directory lies within folders of the
    /// daemon alone.)
    static void folders(Path folder) throws IOException {
        Path made = folder.isAbsolute() ? folder.getRoot() : Path.of("");
        for (Path part : folder) {
            made = made.resolve(part);
            if (!Files.isDirectory(made)) {
                Files.createDirectory(made);
            }
        }
    }

    void directory(String name, int mode) throws IOException {
        Path path = place(name);
        budget.entry();
        parents(path);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            create(path);
        }
        Files.setPosixFilePermissions(path, permissions(mode | 0700));
    }

    /// A later entry of the same name replaces an earlier one, as tar does.
    void file(String name, int mode, InputStream content) throws IOException {
        Path path = place(name);
        budget.entry();
        parents(path);
        vacate(path);
        byte[] buffer = new byte[BUFFER_BYTES];
        try (OutputStream out = Files.newOutputStream(path)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                budget.bytes(n);
                out.write(buffer, 0, n);
            }
        }
        Files.setPosixFilePermissions(path, permissions(mode | 0600));
    }

    /// Another name for a file that this archive has written before.
    void hardLink(String name, String target) throws IOException {
        Path path = place(name);
        Path file = place(target);
        budget.entry();
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FetchFailure(
                    "hard link "
                            + shown(name)
                            + " to "
                            + shown(target)
                            + ", which is no file of this archive");
        }
        parents(path);
        vacate(path);
        Files.createLink(path, file);
    }

    /// An absolute target means the same as in a jail whose root this folder is: it is written
    /// relative to it.
    void symbolicLink(String name, String target) throws IOException {
        Path path = place(name);
        budget.entry();
        parents(path);
        vacate(path);
        links.put(path, inside(path, name, target));
    }

    /// Makes the links. Nothing is written afterwards.
    void finish() throws IOException {
        for (Map.Entry<Path, String> link : links.entrySet()) {
            if (Files.exists(link.getKey(), LinkOption.NOFOLLOW_LINKS)) {
                throw new FetchFailure(
                        "entries beneath "
                                + shown(root.relativize(link.getKey()).toString())
                                + ", which is a symbolic link in the same archive");
            }
            Files.createSymbolicLink(link.getKey(), Path.of(link.getValue()));
        }
    }

    private String inside(Path link, String name, String target) throws FetchFailure {
        int depth = root.relativize(link).getNameCount() - 1;
        String text =
                target.startsWith("/")
                        ? "../".repeat(depth) + target.replaceAll("^/+", "")
                        : target;
        int ups = 0;
        boolean names = false;
        for (String part : text.split("/")) {
            if (part.equals("..") && !names) {
                ups++;
            } else if (part.equals("..")) {
                throw new FetchFailure(
                        "symbolic link "
                                + shown(name)
                                + " to "
                                + shown(target)
                                + ", which goes down and up again");
            } else if (!part.isEmpty() && !part.equals(".")) {
                names = true;
            }
        }
        if (ups > depth) {
            throw new FetchFailure(
                    "symbolic link "
                            + shown(name)
                            + " to "
                            + shown(target)
                            + ", outside of the folder it is unpacked into");
        }
        return text.isEmpty() ? "." : text;
    }

    /// The place of an entry beneath the root.
    private Path place(String name) throws FetchFailure {
        if (name.isEmpty() || name.length() > NAME_CHARS_MAX || name.indexOf('\0') >= 0) {
            throw new FetchFailure("an entry whose name is empty, too long or holds a zero byte");
        }
        if (name.startsWith("/")) {
            throw new FetchFailure("entry " + shown(name) + " with an absolute path");
        }
        Path path = root;
        int depth = 0;
        for (String part : name.split("/")) {
            if (part.equals("..")) {
                throw new FetchFailure("entry " + shown(name) + " with .. in its path");
            }
            if (!part.isEmpty() && !part.equals(".")) {
                path = path.resolve(part);
                depth++;
            }
        }
        if (depth > DEPTH_MAX) {
            throw new FetchFailure(
                    "entry " + shown(name) + " deeper than " + DEPTH_MAX + " folders");
        }
        return path;
    }

    private void parents(Path path) throws IOException {
        if (path.equals(root)) {
            return;
        }
        Path parent = root;
        for (Path part : root.relativize(path)) {
            if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                create(parent);
            }
            parent = parent.resolve(part);
        }
    }

    private void create(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            throw new FetchFailure(
                    shown(root.relativize(directory).toString())
                            + " is a file and a folder in the same archive");
        }
    }

    private void vacate(Path path) throws IOException {
        if (path.equals(root) || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FetchFailure(
                    shown(root.relativize(path).toString())
                            + " is a folder and something else in the same archive");
        }
        links.remove(path);
        Files.deleteIfExists(path);
    }

    /// Without set-user-id, set-group-id and sticky bits: what an archive says of them is a
    /// stranger's wish.
    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        PosixFilePermission[] all =
                PosixFilePermission.values(); // from the owner's read to the others' execute
        for (int bit = 0; bit < all.length; bit++) {
            if ((mode & (0400 >> bit)) != 0) {
                permissions.add(all[bit]);
            }
        }
        return permissions;
    }

    private static String shown(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "?");
        return "\"" + (clean.length() > 80 ? clean.substring(0, 80) + "…" : clean) + "\"";
    }
}
