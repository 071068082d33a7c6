package dev.drover.store.rocks;

import dev.drover.store.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/// Looks at every byte of a store that nobody has open, and says what is damaged. Changes nothing.
public final class Examiner {
    /// More than that is no help: the store is lost.
    private static final int FOUND_MAX = 100;

    private final Path folder;
    private final List<Damage> found = new ArrayList<>();
    private long files;
    private long keys;
    private long versions;
    private long changes;

    /// Something that is not as it was written.
    ///
    /// @param where a file, or what is stored
    /// @param how what is wrong with it
    public record Damage(String where, String how) {}

    /// What was looked at.
    ///
    /// @param files tables
    /// @param keys that were ever written and are remembered
    /// @param versions of all keys
    /// @param changes that can be watched again
    public record Counts(long files, long keys, long versions, long changes) {}

    /// Of a folder.
    public Examiner(Path folder) {
        this.folder = folder;
    }

    /// Whether something was found.
    public List<Damage> found() {
        return List.copyOf(found);
    }

    /// How much was looked at.
    public Counts counts() {
        return new Counts(files, keys, versions, changes);
    }

    /// Every table by itself, so that all that are damaged have their names said.
    public void tables() throws IOException {
        NativeLibrary.load(folder);
        List<Path> tables;
        try (Stream<Path> all = Files.list(folder)) {
            tables = all.filter(f -> f.toString().endsWith(".sst")).sorted().toList();
        }
        for (Path table : tables) {
            files++;
            table(table);
        }
    }

    private void table(Path table) {
        try (Options options = new Options();
                SstFileReader reader = new SstFileReader(options)) {
            reader.open(table.toString());
            reader.verifyChecksum();
        } catch (RocksDBException e) {
            found(table.toString(), String.valueOf(e.getMessage()));
        }
    }

    /// Every version and its check sum, and every change and its version.
    ///
    /// @param compacted after this one every revision must have changed something
    public void records(Database database, Revision compacted, Revision newest) {
        try {
            versions(database);
            changes(database, compacted, newest);
        } catch (UncheckedIOException e) {
            found("a table in " + folder, String.valueOf(e.getMessage()));
        }
    }

    private void versions(Database database) {
        byte[] last = {};
        try (Cursor at = database.versions()) {
            for (at.seekToFirst(); at.valid(); at.next()) {
                versions++;
                byte[] key = at.key();
                keys += last.length > 0 && KeyLayout.isVersionOf(key, last) ? 0 : 1;
                last = key;
                try {
                    Version.decode(key, at.value());
                } catch (UncheckedIOException e) {
                    found(KeyLayout.key(key).text(), String.valueOf(e.getMessage()));
                }
            }
        }
    }

    private void changes(Database database, Revision compacted, Revision newest) {
        Revision last = compacted;
        try (Database.Cursors both = database.cursors()) {
            Cursor at = both.changes();
            for (at.seek(KeyLayout.change(compacted.next(), 0)); at.valid(); at.next()) {
                changes++;
                Revision revision = KeyLayout.revisionOfChange(at.key());
                missing(last, revision);
                last = revision;
                ChangedKey changed = ChangedKey.decode(at.value());
                byte[] version = KeyLayout.version(changed.key().text(), revision);
                both.versions().seek(version);
                if (!both.versions().valid() || !Arrays.equals(both.versions().key(), version)) {
                    found(changed.key().text(), "what revision " + revision + " wrote is missing");
                }
            }
        }
        missing(last, newest.next());
    }

    /// Every revision between two must have changed something.
    private void missing(Revision last, Revision next) {
        if (next.after(last.next())) {
            found(
                    "revision " + last.next(),
                    "nothing says what it changed, and the newest one is later");
        }
    }

    /// Notes one more, up to a hundred.
    public void found(String where, String how) {
        if (found.size() < FOUND_MAX) {
            found.add(new Damage(where, how.strip()));
        }
    }
}
