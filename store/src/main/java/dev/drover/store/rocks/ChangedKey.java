package dev.drover.store.rocks;

import dev.drover.store.Key;
import java.nio.charset.StandardCharsets;

/// What a record of a change holds beside its revision: the value is with the version, only once on
/// disk.
///
/// | 1: deleted, 0: put | user key |
record ChangedKey(boolean deleted, Key key) {
    static byte[] encode(boolean deleted, Key key) {
        byte[] text = key.text().getBytes(StandardCharsets.US_ASCII);
        byte[] bytes = new byte[1 + text.length];
        bytes[0] = (byte) (deleted ? 1 : 0);
        System.arraycopy(text, 0, bytes, 1, text.length);
        return bytes;
    }

    static ChangedKey decode(byte[] bytes) {
        Key key = new Key(new String(bytes, 1, bytes.length - 1, StandardCharsets.US_ASCII));
        return new ChangedKey(bytes[0] == 1, key);
    }
}
