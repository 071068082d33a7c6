package dev.drover.node.image;

import dev.drover.node.image.TarEntry.Kind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads a tar from its start, in the forms that builders of images write: ustar, GNU's long names
/// and numbers, and pax headers. Our own: the one of commons-compress takes a name of any length
/// into memory, and this runs in the daemon.
///
/// ```text
///  | header, 512 bytes | content, filled up to 512 | header | … | two blocks of zeros |
/// ```
final class TarReader {
    private static final int BLOCK = 512;

    /// Names have 4096 bytes at most; pax headers a few of them.
    private static final int META_BYTES_MAX = 64 << 10;

    private static final int OCTAL_BITS = 3;
    private static final int BASE_256 = 0x80;

    private final InputStream in;
    private long position;
    private long left;
    private long padding;

    TarReader(InputStream in) {
        this.in = in;
    }

    /// How many bytes of the tar were read.
    long position() {
        return position;
    }

    /// The next entry; empty after the last. What was not read of the one before is skipped.
    Optional<TarEntry> next() throws IOException {
        Map<String, String> said = new HashMap<>();
        while (true) {
            skip(left + padding);
            Optional<byte[]> header = header();
            if (header.isEmpty()) {
                return Optional.empty();
            }
            byte[] block = header.get();
            long size = number(block, 124, 12);
            char type = (char) block[156];
            switch (type) {
                case 'x' -> pax(meta(size), said);
                case 'g' -> meta(size); // says who wrote the tar, and nothing of its entries
                case 'L' -> said.put("path", text(meta(size)));
                case 'K' -> said.put("linkpath", text(meta(size)));
                default -> {
                    return Optional.of(entry(block, type, size, said));
                }
            }
        }
    }

    private TarEntry entry(byte[] block, char type, long plainSize, Map<String, String> said)
            throws ImageFailure {
        String prefix = isUstar(block) ? string(block, 345, 155) : "";
        String name = (prefix.isEmpty() ? "" : prefix + "/") + string(block, 0, 100);
        String path = said.getOrDefault("path", name);
        Kind kind =
                switch (type) {
                    case '0', '\0', '7' -> path.endsWith("/") ? Kind.FOLDER : Kind.FILE;
                    case '5' -> Kind.FOLDER;
                    case '2' -> Kind.SYMBOLIC_LINK;
                    case '1' -> Kind.HARD_LINK;
                    default -> Kind.OTHER;
                };
        long size = number(said, "size", plainSize);
        content(size);
        return new TarEntry(
                path,
                kind,
                (int) number(block, 100, 8),
                (int) number(said, "uid", number(block, 108, 8)),
                (int) number(said, "gid", number(block, 116, 8)),
                size,
                Instant.ofEpochSecond(Math.max(0, number(block, 136, 12))),
                said.getOrDefault("linkpath", string(block, 157, 100)));
    }

    private static boolean isUstar(byte[] block) {
        return string(block, 257, 6).equals("ustar");
    }

    /// What follows a header.
    private void content(long size) throws ImageFailure {
        if (size < 0) {
            throw new ImageFailure("not a whole tar: an entry of " + size + " bytes");
        }
        left = size;
        padding = (BLOCK - size % BLOCK) % BLOCK;
    }

    /// The entry's content.
    int read(byte[] buffer) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (count < 0) {
            throw new EOFException("a tar cut short");
        }
        left -= count;
        position += count;
        return count;
    }

    private Optional<byte[]> header() throws IOException {
        byte[] block = new byte[BLOCK];
        int count = in.readNBytes(block, 0, BLOCK);
        position += count;
        left = 0;
        padding = 0;
        if (count == 0) {
            return Optional.empty(); // some writers leave out the blocks of zeros
        }
        if (count < BLOCK) {
            throw new EOFException("a tar cut short");
        }
        if (number(block, 148, 8) == sum(block)) {
            return Optional.of(block);
        }
        for (byte b : block) {
            if (b != 0) {
                throw new ImageFailure("not a tar: a header's checksum does not fit");
            }
        }
        return Optional.empty();
    }

    /// Of all bytes, those of the sum itself taken for blanks.
    private static long sum(byte[] block) {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
        }
        return sum;
    }

    private byte[] meta(long size) throws IOException {
        if (size > META_BYTES_MAX) {
            throw new ImageFailure("a name of more than " + META_BYTES_MAX + " bytes");
        }
        content(size);
        byte[] bytes = in.readNBytes((int) size);
        position += bytes.length;
        left -= bytes.length;
        if (left > 0) {
            throw new EOFException("a tar cut short");
        }
        return bytes;
    }

    /// `LENGTH NAME=VALUE\n`, the length counting all of it in bytes.
    private static void pax(byte[] bytes, Map<String, String> said) throws ImageFailure {
        int at = 0;
        while (at < bytes.length) {
            int blank = at;
            while (blank < bytes.length && bytes[blank] != ' ') {
                blank++;
            }
            int length = (int) number(new String(bytes, at, blank - at, StandardCharsets.UTF_8));
            int end = at + length;
            if (length <= blank - at + 1 || end > bytes.length) {
                throw new ImageFailure("not a whole tar: a broken pax header");
            }
            String record = new String(bytes, blank + 1, end - blank - 2, StandardCharsets.UTF_8);
            int equals = record.indexOf('=');
            if (equals > 0) {
                said.put(record.substring(0, equals), record.substring(equals + 1));
            }
            at = end;
        }
    }

    private static String text(byte[] bytes) {
        return string(bytes, 0, bytes.length);
    }

    /// Up to the first NUL byte.
    private static String string(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    private static long number(Map<String, String> said, String name, long otherwise)
            throws ImageFailure {
        return said.containsKey(name) ? number(said.get(name)) : otherwise;
    }

    private static long number(String text) throws ImageFailure {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ImageFailure("not a whole tar: \"" + text + "\" is no number");
        }
    }

    /// Octal digits; or, as GNU writes what does not fit, all bits with the first one set.
    private static long number(byte[] bytes, int from, int length) throws ImageFailure {
        long number = 0;
        if ((bytes[from] & BASE_256) != 0) {
            for (int i = from; i < from + length; i++) {
                number = (number << 8) | (bytes[i] & (i == from ? 0x7f : 0xff));
            }
            return number;
        }
        for (char c : string(bytes, from, length).strip().toCharArray()) {
            if (c < '0' || c > '7') {
                throw new ImageFailure("not a tar: a header without numbers");
            }
            number = (number << OCTAL_BITS) | (c - '0');
        }
        return number;
    }

    private void skip(long bytes) throws IOException {
        in.skipNBytes(bytes);
        position += bytes;
        left = 0;
        padding = 0;
    }
}
