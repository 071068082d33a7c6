package dev.drover.store.rocks;

import dev.drover.store.Key;
import dev.drover.store.Revision;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The keys on disk. No other class knows them.
///
/// ```text
/// versions   | user key | 00 | revision, 8 bytes big-endian, inverted |   so the newest comes first
/// changes    | revision, 8 bytes big-endian | place in it, 4 bytes |      so they come as they happened
/// ```
///
/// User keys hold no 00, so no key is the beginning of another one's.
final class KeyLayout {
    private static final int REVISION = Long.BYTES;
    private static final int SUFFIX = 1 + REVISION;

    /// No key is longer.
    static final int MAX_LENGTH = Key.MAX_LENGTH + SUFFIX;

    private KeyLayout() {}

    /// The version of a key that a revision wrote; also where to seek the newest one that is not
    /// newer.
    static byte[] version(String key, Revision revision) {
        byte[] bytes = new byte[key.length() + SUFFIX];
        text(key, bytes);
        ByteBuffer.wrap(bytes).putLong(key.length() + 1, ~revision.number());
        return bytes;
    }

    /// The same into a buffer.
    static void version(byte[] key, Revision revision, ByteBuffer out) {
        out.put(key).put((byte) 0).putLong(~revision.number());
    }

    /// Before all versions of all keys that are not before `key`.
    static byte[] atOrAfter(String key) {
        byte[] bytes = new byte[key.length()];
        text(key, bytes);
        return bytes;
    }

    /// After all versions of `key`, before those of any other.
    static byte[] behind(String key) {
        byte[] bytes = new byte[key.length() + 1];
        text(key, bytes);
        bytes[key.length()] = 1;
        return bytes;
    }

    private static void text(String key, byte[] into) {
        byte[] text = key.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, into, 0, text.length);
    }

    /// Whether this is a version of that key.
    static boolean isVersionOf(byte[] version, byte[] ofSame) {
        return version.length == ofSame.length
                && Arrays.equals(
                        version, 0, version.length - SUFFIX, ofSame, 0, ofSame.length - SUFFIX);
    }

    static Key key(byte[] version) {
        return new Key(new String(version, 0, version.length - SUFFIX, StandardCharsets.US_ASCII));
    }

    static Revision revision(byte[] version) {
        return new Revision(~ByteBuffer.wrap(version).getLong(version.length - REVISION));
    }

    static byte[] change(Revision revision, int place) {
        ByteBuffer out = ByteBuffer.allocate(REVISION + Integer.BYTES);
        change(revision, place, out);
        return out.array();
    }

    static void change(Revision revision, int place, ByteBuffer out) {
        out.putLong(revision.number()).putInt(place);
    }

    static Revision revisionOfChange(byte[] change) {
        return new Revision(ByteBuffer.wrap(change).getLong());
    }
}
