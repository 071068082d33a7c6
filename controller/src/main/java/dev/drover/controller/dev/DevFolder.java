package dev.drover.controller.dev;

import dev.drover.controller.server.DataFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The folder of a development agent: one that was named and stays, or a temporary one that goes
/// with the agent. A temporary one whose agent was killed is found by its name and its lock, which
/// nobody holds any more.
final class DevFolder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DevFolder.class);

    private static final String PREFIX = "drover-dev-";

    private final DataFolder folder;
    private final boolean temporary;

    private DevFolder(DataFolder folder, boolean temporary) {
        this.folder = folder;
        this.temporary = temporary;
    }

    /// The folder that was named.
    static DevFolder of(Path path) throws IOException {
        return new DevFolder(DataFolder.take(path), false);
    }

    /// A new temporary one, readable by its owner alone.
    static DevFolder temporary(Path parent) throws IOException {
        return new DevFolder(DataFolder.take(Files.createTempDirectory(parent, PREFIX)), true);
    }

    /// Temporary folders of this user that nobody holds; each is taken.
    static List<DevFolder> abandoned(Path parent) throws IOException {
        List<DevFolder> abandoned = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path path : folders) {
                if (ours(path)) {
                    takeIfFree(path).ifPresent(abandoned::add);
                }
            }
        }
        return abandoned;
    }

    /// Empty when its agent lives.
    private static Optional<DevFolder> takeIfFree(Path path) {
        try {
            return Optional.of(new DevFolder(DataFolder.take(path), true));
        } catch (IOException e) {
            LOG.debug("left alone: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /// Only what this user owns, and never through a link that somebody else may have put there.
    private static boolean ours(Path path) throws IOException {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                && Files.getOwner(path, LinkOption.NOFOLLOW_LINKS)
                        .equals(Files.getOwner(Path.of("/proc/self")));
    }

    Path server() {
        return folder.path().resolve("server");
    }

    Path node() {
        return folder.path().resolve("node");
    }

    boolean temporary() {
        return temporary;
    }

    /// Gives it back; a temporary one goes.
    @Override
    public void close() throws IOException {
        if (temporary) {
            delete(folder.path());
        }
        folder.close();
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
