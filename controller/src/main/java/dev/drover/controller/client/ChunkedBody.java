package dev.drover.controller.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// A body in chunks: what a server sends while it does not know yet how much there will be. A read
/// returns at most the chunk at hand, so nothing that has arrived waits for the next one.
///
/// ```text
/// | size in hex [;extension] CR LF | size bytes | CR LF |  …  | 0 CR LF | trailers | CR LF |
/// ```
final class ChunkedBody extends InputStream {
    /// Most trailer lines: nobody sends any.
    private static final int TRAILERS_MAX = 100;

    private final InputStream in;
    private long left;
    private boolean first = true;
    private boolean ended;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        int count = in.read(to, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the answer was cut short in the middle of a chunk");
        }
        left -= count;
        return count;
    }

    @Override
    public int available() throws IOException {
        return (int) Math.min(left, in.available());
    }

    private void nextChunk() throws IOException {
        if (!first && !Http.line(in).isEmpty()) {
            throw new IOException("the answer has a chunk that is longer than announced");
        }
        first = false;
        String size = Http.line(in).replaceFirst(";.*", "").strip();
        if (!size.matches("[0-9a-fA-F]{1,15}")) {
            throw new IOException("the answer has a chunk size that is no number: " + size);
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            skipTrailers();
            ended = true;
        }
    }

    private void skipTrailers() throws IOException {
        for (int count = 0; count <= TRAILERS_MAX; count++) {
            if (Http.line(in).isEmpty()) {
                return;
            }
        }
        throw new IOException("the answer has more than " + TRAILERS_MAX + " trailers");
    }
}
