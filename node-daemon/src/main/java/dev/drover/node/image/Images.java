package dev.drover.node.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The images that this node has unpacked, by what is in them.
///
/// ```text
///  KEY/root      the tree; used by whoever has a file in `users`, and by all of them at once
///  KEY/bytes     how large it is; there when the tree is complete
///  KEY/users/…   one file for each run that uses it, which holds the run's folder
///  KEY/used      as old as its last use
///  .new          the one that is being unpacked
/// ```
///
/// When they are more than they may be, those that nobody uses go, the one that was used longest
/// ago first.
public final class Images {
    /// About three of the largest.
    public static final long BYTES_MAX = 48L << 30;

    private static final FileAttribute<Set<PosixFilePermission>> OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final String NEW = ".new";
    private static final String BYTES = "bytes";
    private static final String ROOT = "root";
    private static final String USED = "used";
    private static final String USERS = "users";

    private final Path folder;
    private final ImageLimits limits;
    private final long bytesMax;

    /// In a folder of our own, made when it is needed.
    public Images(Path folder, ImageLimits limits, long bytesMax) {
        this.folder = folder;
        this.limits = limits;
        this.bytesMax = bytesMax;
    }

    /// Whether a path is an image rather than a folder that is a root file system itself.
    public static boolean isImage(Path path) {
        return ImageFile.is(path);
    }

    /// The image of that file or folder, unpacked if it was not yet; `run` uses it from now on.
    ///
    /// @param run the folder of a run, which vanishes with it
    /// @throws ImageFailure when it cannot be used
    public synchronized Image use(Path path, Path run) throws IOException {
        Files.createDirectories(folder, OURS);
        ImageFile file = ImageFile.open(path);
        if (file.layers().size() > limits.layers()) {
            throw new ImageFailure("more than " + limits.layers() + " layers");
        }
        Path place = folder.resolve(file.key());
        if (!Files.exists(place.resolve(BYTES))) {
            unpack(file, place);
        }
        Files.createDirectories(place.resolve(USERS));
        Files.writeString(place.resolve(USERS).resolve(user(run)), run.toString());
        Files.writeString(place.resolve(USED), ""); // its time is what counts
        evict();
        return new Image(place.resolve(ROOT), file.config());
    }

    /// The run does not use any image any more. Does not wait for one that is being unpacked: the
    /// end of a task has no time for that.
    public void leave(Path run) throws IOException {
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> places = Files.newDirectoryStream(folder)) {
                for (Path place : places) {
                    Files.deleteIfExists(place.resolve(USERS).resolve(user(run)));
                }
            }
        }
    }

    private static String user(Path run) {
        byte[] path = run.toString().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Layer.sha256().digest(path));
    }

    private void unpack(ImageFile file, Path place) throws IOException {
        Path fresh = folder.resolve(NEW);
        LayerTree.remove(fresh); // of a daemon that was killed
        LayerTree.remove(place);
        Path root = Files.createDirectories(fresh.resolve(ROOT));
        Files.setAttribute(root, "unix:mode", 0755);
        try {
            LayerTree tree = new LayerTree(root, limits);
            boolean first = true;
            for (Layer layer : file.layers()) {
                if (!first) {
                    layer.read(file.blobs(), (tar, _) -> tree.takeAway(tar));
                }
                layer.read(file.blobs(), tree::add);
                first = false;
            }
            if (file.config().equals(ImageConfig.NONE)) {
                refuseImages(root);
            }
            Files.writeString(fresh.resolve(BYTES), Long.toString(tree.bytes()));
            Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException e) {
            LayerTree.remove(fresh);
            throw e;
        }
    }

    /// What `docker save | gzip` makes looks like a packed file system until it is unpacked.
    private static void refuseImages(Path root) throws IOException {
        if (Files.exists(root.resolve("manifest.json")) || ImageFile.is(root)) {
            throw new ImageFailure("it is an image that is packed as a whole: unpack it (gunzip)");
        }
    }

    private void evict() throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> places = Files.newDirectoryStream(folder)) {
            for (Path place : places) {
                bytes += bytes(place);
            }
        }
        for (Optional<Path> oldest = unused(); bytes > bytesMax && oldest.isPresent(); ) {
            bytes -= bytes(oldest.get());
            LayerTree.remove(oldest.get());
            oldest = unused();
        }
    }

    private static long bytes(Path place) throws IOException {
        Path file = place.resolve(BYTES);
        return Files.exists(file) ? Long.parseLong(Files.readString(file)) : 0;
    }

    /// The one that nobody uses and that was used longest ago.
    private Optional<Path> unused() throws IOException {
        SortedMap<FileTime, Path> unused = new TreeMap<>();
        try (DirectoryStream<Path> places = Files.newDirectoryStream(folder)) {
            for (Path place : places) {
                if (Files.exists(place.resolve(USED)) && !used(place)) {
                    unused.put(Files.getLastModifiedTime(place.resolve(USED)), place);
                }
            }
        }
        return unused.isEmpty() ? Optional.empty() : Optional.of(unused.firstEntry().getValue());
    }

    /// A run whose folder is gone uses nothing, whatever became of its daemon.
    private static boolean used(Path place) throws IOException {
        Path users = place.resolve(USERS);
        if (!Files.isDirectory(users)) {
            return false;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(users)) {
            for (Path user : all) {
                if (uses(user)) {
                    return true;
                }
                Files.deleteIfExists(user);
            }
        }
        return false;
    }

    private static boolean uses(Path user) throws IOException {
        try {
            return Files.isDirectory(Path.of(Files.readString(user)));
        } catch (NoSuchFileException left) {
            return false; // just now
        }
    }

    /// Removes a folder that a run has made of an image, with all that is beneath.
    public static void discard(Path folder) throws IOException {
        LayerTree.remove(folder);
    }
}
