package dev.drover.node.image;

import java.io.IOException;
import java.io.InputStream;

/// The first bytes of a stream, then its end.
final class Section extends InputStream { // what the JDK's decompressors read from
    private final InputStream in;
    private long left;

    Section(InputStream in, long bytes) {
        this.in = in;
        this.left = bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(buffer, from, (int) Math.min(length, left));
        left -= Math.max(count, 0);
        return count;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
