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
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// A whole store as a stream of bytes, and back.
///
/// ```text
/// a zip:   000012.sst CURRENT MANIFEST-000005 …   the parts of a copy that RocksDB makes as of one moment
///          BACKUP                                 last: which store, as of which revision, a sum of each part
/// ```
///
/// Without its last part it is no backup, so that one that was cut short is never taken for whole.
public final class Backup {
    /// A restored store goes on so many revisions later: whoever has seen a newer one of its
    /// earlier life never takes the two for the same.
    private static final long JUMP = 1L << 32;

    private static final long CACHE_BYTES = 8L << 20;

    private Backup() {}

    /// Writes one of a copy that a database has made of itself.
    static BackupLabel write(Path copy, OutputStream out) throws IOException {
        List<Path> files = Folders.list(copy); // first: who opens it adds notes of its own
        List<BackupLabel.Part> parts = new ArrayList<>();
        ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(out));
        zip.setLevel(1); // tables are compressed already
        for (Path file : files) {
            String name = file.getFileName().toString();
            zip.putNextEntry(new ZipEntry(name));
            try (InputStream in = Files.newInputStream(file)) {
                parts.add(BackupLabel.Part.copy(name, in, zip));
            }
            zip.closeEntry();
        }
        BackupLabel label = label(copy, parts);
        zip.putNextEntry(new ZipEntry(BackupLabel.NAME));
        zip.write(label.bytes());
        zip.closeEntry();
        zip.finish();
        zip.flush();
        return label;
    }

    private static BackupLabel label(Path copy, List<BackupLabel.Part> parts) {
        try (Database database = Database.examine(copy)) {
            return new BackupLabel(
                    Identity.known(database).cluster(),
                    StateMachine.newestRevision(database),
                    parts);
        }
    }

    /// What a file is a backup of; reads all of it.
    ///
    /// @throws IOException when it is damaged or cut short; says where
    public static BackupLabel verify(Path file) throws IOException {
        try {
            return read(file, (_, in) -> in.transferTo(OutputStream.nullOutputStream()));
        } catch (IOException e) {
            throw new IOException(
                    """
                    %s is damaged or no backup of a store: %s
                      why: the file was changed or cut after it was written, or is something else
                      fix: use another backup; `drover store backup` makes one\
                    """
                            .formatted(file, e.getMessage()),
                    e);
        }
    }

    /// Makes a store of a backup: the same entries, another identity, and revisions that were never
    /// used.
    ///
    /// @param folder must not exist or be empty; it is filled all at once or not at all
    /// @return what the file was a backup of
    /// @throws IOException when the file is damaged, or the folder holds something
    public static BackupLabel restore(Path file, Path folder) throws IOException {
        if (Files.exists(folder) && !Folders.list(folder).isEmpty()) {
            throw new IOException(folder + " is not empty: name a new folder, or move it away");
        }
        Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
        try {
            Folders.delete(unfinished);
            Files.createDirectories(unfinished);
            BackupLabel label = read(file, (name, in) -> Files.copy(in, unfinished.resolve(name)));
            try (Database database = Database.open(unfinished, CACHE_BYTES)) {
                renew(database);
            }
            Files.move(unfinished, folder, StandardCopyOption.ATOMIC_MOVE);
            return label;
        } catch (IOException | UncheckedIOException e) {
            throw new IOException(
                    "cannot restore %s into %s: %s".formatted(file, folder, e.getMessage()), e);
        } finally {
            Folders.delete(unfinished);
        }
    }

    private interface Target {
        void take(String name, InputStream content) throws IOException;
    }

    /// Hands every part on and compares all of them with the label in the end.
    private static BackupLabel read(Path file, Target target) throws IOException {
        List<BackupLabel.Part> found = new ArrayList<>();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry part = zip.getNextEntry(); part != null; part = zip.getNextEntry()) {
                String name = part.getName();
                if (name.equals(BackupLabel.NAME)) {
                    return BackupLabel.read(zip, found);
                }
                if (name.contains("/") || name.startsWith(".")) {
                    throw new IOException("it names " + name);
                }
                BackupLabel.Summing content = new BackupLabel.Summing(zip);
                target.take(name, content);
                found.add(content.part(name));
            }
        }
        throw new IOException("it ends too early");
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
}
