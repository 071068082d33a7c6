package dev.drover.store.rocks;

import dev.drover.store.Bytes;
import dev.drover.store.Change;
import dev.drover.store.Entry;
import dev.drover.store.Revision;
import java.nio.charset.StandardCharsets;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// Writes that are done together or not at all. Belongs to one thread.
public final class Batch implements AutoCloseable {
    private final WriteBatch writes = new WriteBatch();
    private final ColumnFamilyHandle meta;
    private final ColumnFamilyHandle versions;
    private final ColumnFamilyHandle changes;

    Batch(ColumnFamilyHandle meta, ColumnFamilyHandle versions, ColumnFamilyHandle changes) {
        this.meta = meta;
        this.versions = versions;
        this.changes = changes;
    }

    WriteBatch writes() {
        return writes;
    }

    /// Whether there is nothing in it.
    public boolean isEmpty() {
        return writes.count() == 0;
    }

    /// What a revision did to a key.
    ///
    /// @param place of the change among those of its revision, from 0
    public void change(Change change, int place) {
        boolean deleted = change.current().isEmpty();
        Entry entry = change.entry();
        byte[] key = KeyLayout.version(entry.key().text(), change.revision());
        add(() -> {
            writes.put(versions, key, Version.encode(deleted, entry, key));
            writes.put(
                    changes,
                    KeyLayout.change(change.revision(), place),
                    ChangedKey.encode(deleted, entry.key()));
        });
    }

    /// A named fact.
    public void fact(String name, Bytes value) {
        add(() -> writes.put(meta, ascii(name), value.toArray()));
    }

    /// A fact that no longer is one.
    public void forget(String name) {
        add(() -> writes.delete(meta, ascii(name)));
    }

    /// Removes one version of a key.
    void forgetVersion(byte[] version) {
        add(() -> writes.delete(versions, version));
    }

    /// Removes the record of all changes up to and with a revision.
    void forgetChanges(Revision upTo) {
        add(() ->
                writes.deleteRange(
                        changes,
                        KeyLayout.change(Revision.NONE, 0),
                        KeyLayout.change(upTo.next(), 0)));
    }

    private static byte[] ascii(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }

    @FunctionalInterface
    private interface Write {
        void into() throws RocksDBException;
    }

    /// A batch is memory: it fails when there is none, or when it is used wrongly.
    private static void add(Write write) {
        try {
            write.into();
        } catch (RocksDBException e) {
            throw new IllegalStateException("a batch of writes cannot be built", e);
        }
    }

    @Override
    public void close() {
        writes.close();
    }
}
