package dev.drover.store.rocks;

import dev.drover.store.Key;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a record of a change holds beside its revision: the value is with the version, only once on
/// disk.
///
/// | 1: deleted, 0: put | user key |
record ChangedKey(boolean deleted, Key key) {
    static void encode(boolean deleted, byte[] key, ByteBuffer out) {
        out.put((byte) (deleted ? 1 : 0)).put(key);
    }

    static ChangedKey decode(byte[] bytes) {
        Key key = new Key(new String(bytes, 1, bytes.length - 1, StandardCharsets.US_ASCII));
        return new ChangedKey(bytes[0] == 1, key);
    }
}
