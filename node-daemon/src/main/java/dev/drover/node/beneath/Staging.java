package dev.drover.node.beneath;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A new, empty folder within a root, in which something is prepared that then moves to its place
/// in the root in one go, file by file. What lies at the place already is replaced; folders are
/// joined. No link is followed on the way.
public final class Staging implements AutoCloseable {

    private static final String PREFIX = ".staging-";

    private final Path root;
    private final Path folder;

    private Staging(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /// Makes the folder; what a killed daemon left of earlier ones goes away.
    public static Staging within(Path root) throws IOException {
        try (DirectoryStream<Path> old = Files.newDirectoryStream(root, PREFIX + "*")) {
            for (Path left : old) {
                delete(left);
            }
        }
        var ours =
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        return new Staging(root, Files.createTempDirectory(root, PREFIX, ours));
    }

    /// Where to prepare.
    public Path folder() {
        return folder;
    }

    /// Moves what lies in that folder beneath the staging folder into the root.
    ///
    /// @throws IOException also when a folder would replace a file or a link, or the other way
    ///   round
    public void moveIn(String tree) throws IOException {
        try (SecureDirectoryStream<Path> from = secure(folder.resolve(tree));
                SecureDirectoryStream<Path> to = secure(root)) {
            join(from, to, root);
        }
    }

    private static void join(
            SecureDirectoryStream<Path> from, SecureDirectoryStream<Path> to, Path shown)
            throws IOException {
        List<Path> names = new ArrayList<>();
        from.forEach(entry -> names.add(entry.getFileName()));
        for (Path name : names) {
            boolean folder = look(from, name).map(BasicFileAttributes::isDirectory).orElse(false);
            Optional<BasicFileAttributes> present = look(to, name);
            if (folder && present.isPresent()) {
                if (!present.get().isDirectory()) {
                    throw new IOException(
                            shown.resolve(name)
                                    + " is "
                                    + kind(present.get())
                                    + ", and a folder was to be put there");
                }
                try (SecureDirectoryStream<Path> inner =
                                from.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
                        SecureDirectoryStream<Path> outer =
                                to.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
                    join(inner, outer, shown.resolve(name));
                }
            } else if (present.isPresent() && present.get().isDirectory()) {
                throw new IOException(
                        shown.resolve(name) + " is a folder, and a file was to be put there");
            } else {
                from.move(name, to, name);
            }
        }
    }

    private static String kind(BasicFileAttributes attributes) {
        return attributes.isSymbolicLink() ? "a symbolic link" : "a file";
    }

    private static Optional<BasicFileAttributes> look(SecureDirectoryStream<Path> in, Path name)
            throws IOException {
        try {
            return Optional.of(
                    in.getFileAttributeView(
                                    name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .readAttributes());
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /// Every system that we run on opens folders this way; one that does not is refused instead of
    /// raced.
    @SuppressWarnings("StreamResourceLeak") // it is handed on, and closed by whoever asked
    static SecureDirectoryStream<Path> secure(Path folder) throws IOException {
        DirectoryStream<Path> stream = Files.newDirectoryStream(folder);
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        throw new IOException("this system cannot open files relative to a folder");
    }

    /// Makes everything beneath the folder the user's, links themselves and not what they point to.
    public void own(int uid, int gid) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path path, BasicFileAttributes attributes) throws IOException {
                        return visitFile(path, attributes);
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                            throws IOException {
                        Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
                        Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /// Removes what is left of the folder.
    @Override
    public void close() throws IOException {
        delete(folder);
    }

    private static void delete(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(path);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path path, IOException failure)
                            throws IOException {
                        Files.deleteIfExists(path);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
