package dev.drover.store.durable;

import dev.drover.store.Revision;
import dev.drover.store.machine.StateMachine;
import dev.drover.store.rocks.Batch;
import dev.drover.store.rocks.Database;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// A whole store in one file, and back.
///
/// The file is a zip of a copy that RocksDB makes as of one moment, a check sum beside each part.
/// It appears under its name only when it is whole and on disk.
final class Backup {
    /// A restored store goes on so many revisions later: whoever has seen a newer one of its
    /// earlier life never takes the two for the same.
    private static final long JUMP = 1L << 32;

    private static final long CACHE_BYTES = 8L << 20;

    private Backup() {}

    /// Writes the file; the store goes on meanwhile.
    ///
    /// @throws UncheckedIOException when it cannot be written; what was under its name is still
    ///   there
    static void write(Database database, Path file) {
        Path copy = database.folder().resolveSibling("backup-" + UUID.randomUUID());
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            database.copyTo(copy);
            pack(copy, unfinished);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the backup " + file, e);
        } finally {
            delete(copy);
        }
    }

    private static void pack(Path folder, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.setLevel(1); // tables are compressed already
            for (Path part : parts(folder)) {
                zip.putNextEntry(new ZipEntry(part.getFileName().toString()));
                Files.copy(part, zip);
                zip.closeEntry();
            }
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// Makes a store of a backup: the same entries, another identity, and revisions that were never
    /// used.
    ///
    /// @param folder must not exist or be empty
    /// @throws UncheckedIOException when the file is damaged, or the folder holds something
    static void restore(Path file, Path folder) {
        try {
            Files.createDirectories(folder);
            if (!parts(folder).isEmpty()) {
                throw new IOException(folder + " is not empty: name a new folder, or move it away");
            }
            unpack(file, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot restore " + file, e);
        }
        try (Database database = Database.open(folder, CACHE_BYTES)) {
            renew(database);
        }
    }

    private static void unpack(Path file, Path folder) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                Path target = folder.resolve(part.getName()).normalize();
                if (!folder.equals(target.getParent())) {
                    throw new IOException("not a backup of a store: it names " + part.getName());
                }
                Files.copy(zip, target); // checks the sum at its end
            }
        }
    }

    private static void renew(Database database) {
        Revision newest = StateMachine.newestRevision(database);
        try (Batch batch = database.batch()) {
            StateMachine.continueAt(new Revision(newest.number() + JUMP), batch);
            Identity.renew(batch);
            database.write(batch);
        }
        database.sync();
    }

    private static List<Path> parts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
