package dev.drover.node.image;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/// A stream all of whose bytes go into a digest, also those that are skipped: the JDK's leaves them
/// out.
final class Hashed extends InputStream { // what the reader of tars reads from
    private final InputStream in;
    private final MessageDigest digest;

    Hashed(InputStream in, MessageDigest digest) {
        this.in = in;
        this.digest = digest;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int count = in.read(buffer, from, length);
        if (count > 0) {
            digest.update(buffer, from, count);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
