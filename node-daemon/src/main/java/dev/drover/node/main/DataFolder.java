package dev.drover.node.main;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/// The daemon's folder, held by one daemon at a time.
final class DataFolder implements AutoCloseable {
    private static final int MODE = 0711; // tasks of other users reach their own folders in it

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static DataFolder open(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path);
            Files.setAttribute(path, "unix:mode", MODE);
        }
        Path real = path.toRealPath();
        FileChannel channel =
                FileChannel.open(
                        real.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (taken(channel).isEmpty()) {
            channel.close();
            throw new IOException(
                    "another node daemon uses " + real + ". Stop it, or name another folder");
        }
        return new DataFolder(real, channel);
    }

    private static Optional<FileLock> taken(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException ours) {
            return Optional.empty();
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
