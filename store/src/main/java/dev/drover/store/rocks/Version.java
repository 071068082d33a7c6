package dev.drover.store.rocks;

import dev.drover.store.Bytes;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// What one revision made of a key, as it lies on disk.
///
/// ```text
/// | format 1 | 1: deleted, 0: not | created 8 | version 8 | value … | CRC-32C 4 |
/// ```
///
/// The check sum covers the key too, so that a value found under another key is noticed.
record Version(boolean deleted, Entry entry) {
    private static final byte FORMAT = 1;
    private static final int HEAD = 1 + 1 + Long.BYTES + Long.BYTES;
    private static final int CHECKSUM = Integer.BYTES;

    /// How many bytes it takes.
    static int size(boolean deleted, Entry entry) {
        return HEAD + (deleted ? 0 : entry.value().size()) + CHECKSUM;
    }

    /// Puts it into `out`.
    ///
    /// @param entry what is there; of a deletion what was there, with the revision of the deletion
    /// @param key what it will lie under, read and left as it is
    static void encode(boolean deleted, Entry entry, ByteBuffer key, ByteBuffer out) {
        int begin = out.position();
        out.put(FORMAT).put((byte) (deleted ? 1 : 0));
        out.putLong(entry.created().number()).putLong(entry.version());
        if (!deleted) {
            entry.value().writeTo(out);
        }
        CRC32C crc = new CRC32C();
        crc.update(key.duplicate());
        crc.update(out.duplicate().flip().position(begin));
        out.putInt((int) crc.getValue());
    }

    /// @throws UncheckedIOException when these bytes are not what was written
    static Version decode(byte[] key, byte[] stored) {
        Key user = KeyLayout.key(key);
        Revision revision = KeyLayout.revision(key);
        int end = stored.length - CHECKSUM;
        ByteBuffer in = ByteBuffer.wrap(stored);
        if (end < HEAD || in.getInt(end) != checksum(key, stored, end)) {
            throw damaged(user, revision, "its check sum is wrong");
        }
        byte format = in.get();
        if (format != FORMAT) {
            throw damaged(
                    user, revision, "it has format " + format + ", this program reads " + FORMAT);
        }
        boolean deleted = in.get() == 1;
        Revision created = new Revision(in.getLong());
        long version = in.getLong();
        Bytes value = Bytes.read(in.limit(end));
        return new Version(deleted, new Entry(user, value, created, revision, version));
    }

    private static int checksum(byte[] key, byte[] stored, int length) {
        CRC32C crc = new CRC32C();
        crc.update(key);
        crc.update(stored, 0, length);
        return (int) crc.getValue();
    }

    private static UncheckedIOException damaged(Key key, Revision revision, String how) {
        return new UncheckedIOException(
                new IOException(
                        """
                        %s at revision %s cannot be read: %s
                          why: the data folder was changed by something else, or the disk is failing
                          fix: restore the newest backup, or another server's data\
                        """
                                .formatted(key, revision, how)));
    }
}
