package dev.drover.store.durable;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;

/// A store as it was at one moment, on the store's own disk: what a backup is written from. It is
/// made before anything is sent, so that who asks is told why there is none. Close it.
public final class Copy implements Closeable {
    private final Path folder;
    private final Runnable closed;

    private Copy(Path folder, Runnable closed) {
        this.folder = folder;
        this.closed = closed;
    }

    /// Makes one.
    ///
    /// @param copying has the database make a copy of itself in a folder that is not there yet
    /// @param copies a folder on the disk of the database
    /// @param closed is called once it is gone again, also when there never was one
    static Copy make(Consumer<Path> copying, Path copies, Runnable closed) throws IOException {
        Copy copy = new Copy(copies.resolve(UUID.randomUUID().toString()), closed);
        boolean made = false;
        try {
            Files.createDirectories(copies);
            copying.accept(copy.folder);
            made = true;
            return copy;
        } catch (IOException e) {
            throw new IOException("cannot copy the store to " + copies + ": " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new IOException(Objects.requireNonNull(e.getCause()).getMessage(), e);
        } finally {
            if (!made) { // whatever kept it: else no backup could be made any more
                copy.close();
            }
        }
    }

    /// Writes it as a backup, at the pace of who reads.
    public BackupLabel write(OutputStream out) throws IOException {
        return Backup.write(folder, out);
    }

    @Override
    public void close() throws IOException {
        try {
            Folders.delete(folder);
        } finally {
            closed.run();
        }
    }
}
