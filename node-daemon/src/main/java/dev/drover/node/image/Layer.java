package dev.drover.node.image;

import dev.drover.node.artifact.ZstdProcess;
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
    static final int MAGIC_BYTES = 4;
    private static final String GZIP = "1f8b";
    private static final String ZSTD = "28b52ffd";

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

    /// Whether what begins so is packed in a way that is unpacked here.
    static boolean isPacked(byte[] magic) {
        String start = HexFormat.of().formatHex(magic);
        return start.startsWith(GZIP) || start.equals(ZSTD);
    }

    private InputStream unpacked(InputStream in) throws IOException {
        in.mark(MAGIC_BYTES);
        byte[] magic = in.readNBytes(MAGIC_BYTES);
        in.reset();
        String start = HexFormat.of().formatHex(magic);
        if (start.startsWith(GZIP)) {
            return new GZIPInputStream(in, 64 << 10);
        }
        if (start.equals(ZSTD)) {
            return ZstdProcess.of(in);
        }
        for (String other : new String[] {"425a68 bzip2", "fd377a58 xz"}) {
            String[] words = other.split(" ", -1);
            if (start.startsWith(words[0])) {
                throw new ImageFailure(
                        "layer "
                                + name
                                + " is packed with "
                                + words[1]
                                + "; here gzip and zstd are unpacked");
            }
        }
        return in;
    }
}
