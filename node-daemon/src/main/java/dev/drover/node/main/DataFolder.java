package dev.drover.node.main;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        Path real;
        FileChannel channel;
        try {
            make(path);
            real = path.toRealPath();
            channel =
                    FileChannel.open(
                            real.resolve("lock"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
        } catch (FileSystemException e) {
            throw new IOException(
                    "the data folder %s cannot be used: %s. Name another one with --data-dir"
                            .formatted(path, because(e)),
                    e);
        }
        if (taken(channel).isEmpty()) {
            channel.close();
            throw new IOException(
                    "another node daemon uses " + real + ". Stop it, or name another folder");
        }
        return new DataFolder(real, channel);
    }

    private static void make(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path);
            Files.setAttribute(path, "unix:mode", MODE);
        }
    }

    private static String because(FileSystemException e) {
        return switch (e) {
            case FileAlreadyExistsException _ -> "it is a file";
            case AccessDeniedException _ -> e.getFile() + " is not ours to write";
            case NoSuchFileException _ -> e.getFile() + " cannot be made there";
            default -> Optional.ofNullable(e.getMessage()).orElse(e.toString());
        };
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
