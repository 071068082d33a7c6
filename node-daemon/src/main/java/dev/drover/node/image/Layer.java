package dev.drover.node.image;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A layer as it is stored: a tar, packed or not.
///
/// @param name of its blob
/// @param diffId the SHA-256 that its tar must have, in hexadecimal; empty when nobody knows
record Layer(String name, String diffId) {
    private static final int MAGIC_MAX = 4;

    /// What is done with its tar.
    @FunctionalInterface
    interface Use {
        void of(TarReader tar, long packedBytes) throws IOException;
    }

    /// Reads it to its end.
    ///
    /// @throws ImageFailure also when it is not what it should be
    void read(Blobs blobs, Use use) throws IOException {
        Blobs.Blob blob =
                blobs.open(name)
                        .orElseThrow(() -> new ImageFailure("layer " + name + " is missing"));
        MessageDigest digest = sha256();
        try (InputStream in = new BufferedInputStream(blob.in());
                InputStream tar = new Hashed(unpacked(in), digest)) {
            use.of(new TarReader(tar), blob.bytes());
            tar.transferTo(OutputStream.nullOutputStream()); // what fills up the last block
        } catch (EOFException | ZipException e) {
            throw new ImageFailure("layer " + name + " is not whole: " + e.getMessage());
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!diffId.isEmpty() && !found.equals(diffId)) {
            throw new ImageFailure("layer " + name + " is not what its image says: " + found);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private InputStream unpacked(InputStream in) throws IOException {
        in.mark(MAGIC_MAX);
        byte[] magic = in.readNBytes(MAGIC_MAX);
        in.reset();
        String start = HexFormat.of().formatHex(magic);
        if (start.startsWith("1f8b")) {
            return new GZIPInputStream(in, 64 << 10);
        }
        for (String other : new String[] {"28b52ffd zstd", "425a68 bzip2", "fd377a58 xz"}) {
            String[] words = other.split(" ", -1);
            if (start.startsWith(words[0])) {
                throw new ImageFailure(
                        "layer "
                                + name
                                + " is packed with "
                                + words[1]
                                + "; here gzip is unpacked");
            }
        }
        return in;
    }
}
