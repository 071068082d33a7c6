package dev.drover.store.rocks;

import org.rocksdb.RocksIterator;

/// A place among sorted records. Asks the native side once for what is looked at again and again.
final class Cursor implements AutoCloseable {
    private static final byte[] NOT_ASKED = {};

    private final Database database;
    private final RocksIterator at;
    private boolean valid;
    private byte[] key = NOT_ASKED;

    Cursor(Database database, RocksIterator at) {
        this.database = database;
        this.at = at;
    }

    void seek(byte[] target) {
        at.seek(target);
        moved();
    }

    void seekToFirst() {
        at.seekToFirst();
        moved();
    }

    void seekToLast() {
        at.seekToLast();
        moved();
    }

    void next() {
        at.next();
        moved();
    }

    /// An end that is an error looks like any other end, unless asked.
    private void moved() {
        key = NOT_ASKED;
        valid = at.isValid();
        if (!valid) {
            database.check(at);
        }
    }

    boolean valid() {
        return valid;
    }

    byte[] key() {
        if (key.length == 0) {
            key = at.key();
        }
        return key;
    }

    byte[] value() {
        return at.value();
    }

    @Override
    public void close() {
        at.close();
    }
}
