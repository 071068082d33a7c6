package dev.drover.store.rocks;

import dev.drover.store.Bytes;
import dev.drover.store.Change;
import dev.drover.store.Entry;
import dev.drover.store.Revision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/// Writes that are done together or not at all. Belongs to one thread until it is closed.
public final class Batch implements AutoCloseable {
    /// Most values are smaller.
    private static final int VALUE = 4 << 10;

    private final Database database;
    private final WriteBatch writes = new WriteBatch();
    private final ColumnFamilyHandle meta;
    private final ColumnFamilyHandle versions;
    private final ColumnFamilyHandle changes;

    // A change is put together where RocksDB reads it without another copy.
    private final ByteBuffer key = ByteBuffer.allocateDirect(KeyLayout.MAX_LENGTH);
    private ByteBuffer value = ByteBuffer.allocateDirect(VALUE);

    Batch(
            Database database,
            ColumnFamilyHandle meta,
            ColumnFamilyHandle versions,
            ColumnFamilyHandle changes) {
        this.database = database;
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
        boolean deleted = change.type() == Change.Type.DELETED;
        Entry entry = change.entry();
        byte[] text = ascii(entry.key().text());
        try {
            KeyLayout.version(text, change.revision(), key.clear());
            Version.encode(deleted, entry, key.flip(), room(Version.size(deleted, entry)));
            writes.put(versions, key, value.flip());
            KeyLayout.change(change.revision(), place, key.clear());
            ChangedKey.encode(deleted, text, room(1 + text.length));
            writes.put(changes, key.flip(), value.flip());
        } catch (RocksDBException e) {
            throw unbuilt(e);
        }
    }

    private ByteBuffer room(int bytes) {
        if (value.capacity() < bytes) {
            value = ByteBuffer.allocateDirect(Math.max(bytes, 2 * value.capacity()));
        }
        return value.clear();
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
            throw unbuilt(e);
        }
    }

    private static IllegalStateException unbuilt(RocksDBException e) {
        return new IllegalStateException("a batch of writes cannot be built", e);
    }

    /// Its memory is used again by the next one.
    @Override
    public void close() {
        database.takeBack(this);
    }

    void clear() {
        writes.clear();
    }

    long bytes() {
        return writes.getDataSize();
    }

    void free() {
        writes.close();
    }
}
