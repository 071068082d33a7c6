package dev.drover.node.link;

import dev.drover.manifests.wire.ExecInput;
import dev.drover.node.files.Input;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Queue;

/// What somebody gives to one stream. The controller sends no more than it has credit for, so this
/// is bounded by it; a piece that is taken gives its credit back.
final class Inbox implements Input {
    private final Queue<Piece> pieces = new ArrayDeque<>();
    private final Crediting crediting;
    private int waiting;
    private boolean cancelled;

    /// Tells the controller that more may come.
    @FunctionalInterface
    interface Crediting {
        void more(int bytes) throws IOException;
    }

    Inbox(Crediting crediting) {
        this.crediting = crediting;
    }

    /// @throws IOException when the controller sends more than it may, or nonsense
    synchronized void arrived(ExecInput input) throws IOException {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(input.base64());
        } catch (IllegalArgumentException e) {
            throw new IOException("the controller sends input that is not base64", e);
        }
        waiting += bytes.length;
        if (waiting > ExecInput.CREDIT) {
            throw new IOException("the controller sends more input than it has credit for");
        }
        input.size().ifPresent(size -> pieces.add(new Piece.Resized(size)));
        if (bytes.length > 0) {
            pieces.add(new Piece.Bytes(new String(bytes, StandardCharsets.ISO_8859_1)));
        }
        if (input.end()) {
            pieces.add(new Piece.End());
        }
        notifyAll();
    }

    @Override
    public Piece next() throws InterruptedException {
        Piece piece = take();
        if (piece instanceof Piece.Bytes(String data)) {
            try {
                crediting.more(data.length());
            } catch (IOException linkGone) {
                throw new InterruptedException("nobody is there any more");
            }
        }
        return piece;
    }

    private synchronized Piece take() throws InterruptedException {
        Piece piece = pieces.poll();
        while (piece == null) {
            if (cancelled) {
                throw new InterruptedException("nobody is there any more");
            }
            wait();
            piece = pieces.poll();
        }
        if (piece instanceof Piece.Bytes(String data)) {
            waiting -= data.length();
        }
        return piece;
    }

    synchronized void cancel() {
        cancelled = true;
        notifyAll();
    }
}
