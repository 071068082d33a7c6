package dev.drover.node.moving;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.drover.node.files.Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;

/// What is given piece by piece, as one stream. (`extends` because readers of streams demand it.)
final class Pieces extends InputStream {
    private final Input input;
    private byte[] piece = new byte[0];
    private int at;
    private boolean ended;
    private Optional<InterruptedException> cancelled = Optional.empty();

    Pieces(Input input) {
        this.input = input;
    }

    /// Says again that nobody gives any more, which a reader of streams cannot hear.
    void rethrow() throws InterruptedException {
        if (cancelled.isPresent()) {
            throw cancelled.get();
        }
    }

    @Override
    public int read() throws IOException {
        return fill() ? piece[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0 || !fill()) {
            return length == 0 ? 0 : -1;
        }
        int count = Math.min(length, piece.length - at);
        System.arraycopy(piece, at, bytes, from, count);
        at += count;
        return count;
    }

    /// False at the end.
    private boolean fill() throws IOException {
        try {
            while (at == piece.length && !ended) {
                switch (input.next()) {
                    case Input.Piece.Bytes(String data) -> {
                        piece = data.getBytes(ISO_8859_1);
                        at = 0;
                    }
                    case Input.Piece.Resized _ -> {} // of a terminal, which nobody has here
                    case Input.Piece.End() -> ended = true;
                }
            }
            return at < piece.length;
        } catch (InterruptedException gone) {
            cancelled = Optional.of(gone);
            throw new InterruptedIOException(gone.getMessage());
        }
    }
}
