package dev.drover.controller.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/// A folder that one process has for itself, for as long as it lives: the system gives the lock
/// back when the process ends, however it ends.
public final class DataFolder implements AutoCloseable {
    /// The file in it that says who has it.
    public static final String LOCK = "lock";

    /// Digits of a process id and a line break.
    private static final int HOLDER_MAX = 32;

    private final Path path;
    private final FileChannel channel;

    private DataFolder(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /// Makes the folder if need be, for its owner's eyes only, and takes it.
    ///
    /// @throws IOException when another process has it; says which
    public static DataFolder take(Path path) throws IOException {
        FileChannel channel;
        try {
            channel = opened(path);
        } catch (FileSystemException e) {
            throw new IOException(
                    "the data folder %s cannot be used: %s. Name another one with --data-dir"
                            .formatted(path, because(e)),
                    e);
        }
        Optional<FileLock> lock = tryLock(channel);
        if (lock.isEmpty()) {
            String holder = holder(channel);
            channel.close();
            throw new IOException(
                    ("the data folder %s is in use by process %s: end that one first, or choose"
                                    + " another folder with --data-dir")
                            .formatted(path, holder));
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(
                        (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8)));
        return new DataFolder(path, channel);
    }

    private static FileChannel opened(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(
                    path,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
        return FileChannel.open(
                path.resolve(LOCK),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    }

    private static String because(FileSystemException e) {
        return switch (e) {
            case FileAlreadyExistsException _ -> "it is a file";
            case AccessDeniedException _ -> e.getFile() + " is not ours to write";
            case NoSuchFileException _ -> e.getFile() + " cannot be made there";
            default -> Optional.ofNullable(e.getMessage()).orElse(e.toString());
        };
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException _) {
            return Optional.empty(); // this very process has it
        }
    }

    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(HOLDER_MAX);
        channel.read(text, 0);
        return new String(text.array(), 0, text.position(), StandardCharsets.UTF_8).strip();
    }

    /// The folder.
    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
