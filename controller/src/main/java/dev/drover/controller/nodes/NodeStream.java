package dev.drover.controller.nodes;

import dev.drover.manifests.wire.ExecInput;
import dev.drover.manifests.wire.ToNode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Bytes that a node sends because somebody asked: logs, a file, a listing. Read by one thread; the
/// node sends no further ahead of it than the credit.
public final class NodeStream implements AutoCloseable {
    /// Bytes a node may send ahead of the reader: fills a fast line, and hundreds of them fit the
    /// heap.
    static final long CREDIT = 256 * 1024;

    /// Credit is given back in portions, or every chunk would cost a message.
    private static final long PORTION = CREDIT / 4;

    /// How soon one who gives input sees that nobody takes it any more.
    private static final long LOOK_EVERY_MILLIS = 200;

    private sealed interface Piece {
        record Bytes(Buffer content) implements Piece {}

        record End(Optional<String> error) implements Piece {}
    }

    private final int number;
    private final Consumer<ToNode> send;
    private final Consumer<NodeStream> forget;
    // Bounded by the credit, see arrived(); an empty message costs a byte of it.
    private final LinkedBlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final AtomicLong ahead = new AtomicLong();
    private Optional<Piece> first = Optional.empty();
    private long consumed;
    private boolean ended;

    /// Bytes of input that the node has room for.
    private final Semaphore inputCredit = new Semaphore(ExecInput.CREDIT);

    /// Whether the node has said its last word.
    private volatile boolean over;

    NodeStream(int number, Consumer<ToNode> send, Consumer<NodeStream> forget) {
        this.number = number;
        this.send = send;
        this.forget = forget;
    }

    int number() {
        return number;
    }

    /// Takes bytes of the node. False when it sent more than it may.
    boolean arrived(Buffer content) {
        return ahead.addAndGet(Math.max(1, content.length())) <= CREDIT
                && pieces.add(new Piece.Bytes(content));
    }

    /// The node has said everything, or the link is gone.
    void ended(Optional<String> error) {
        over = true;
        pieces.add(new Piece.End(error));
    }

    /// Waits for the node's first answer, which may be that it cannot; false when there was none.
    public boolean ready(Duration patience) throws InterruptedException {
        if (first.isEmpty()) {
            first = Optional.ofNullable(pieces.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
        }
        return first.isPresent();
    }

    /// The next bytes, waited for; empty when the node has sent everything.
    ///
    /// @throws IOException when the node could not give what was asked for; says why
    public Optional<byte[]> next() throws IOException, InterruptedException {
        if (ended) {
            return Optional.empty();
        }
        Piece piece = first.isPresent() ? first.get() : pieces.take();
        first = Optional.empty();
        return switch (piece) {
            case Piece.Bytes(Buffer content) -> {
                consume(Math.max(1, content.length()));
                yield Optional.of(content.getBytes());
            }
            case Piece.End(Optional<String> error) -> {
                ended = true;
                if (error.isPresent()) {
                    throw new IOException(error.get());
                }
                yield Optional.empty();
            }
        };
    }

    private void consume(long bytes) {
        consumed += bytes;
        if (consumed >= PORTION) {
            ahead.addAndGet(-consumed);
            send.accept(new ToNode.Credit(number, consumed));
            consumed = 0;
        }
    }

    /// Gives it input; waits while the node takes none. False when it has ended.
    public boolean give(ExecInput input) throws InterruptedException {
        String text = input.base64();
        int padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
        int bytes = text.length() / 4 * 3 - padding;
        boolean room = false;
        while (!room && !over) {
            room = room(bytes);
        }
        if (over) {
            return false;
        }
        send.accept(new ToNode.StreamInput(number, input));
        return true;
    }

    private boolean room(int bytes) throws InterruptedException {
        return inputCredit.tryAcquire(bytes, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void inputCredit(int bytes) {
        inputCredit.release(bytes);
    }

    /// Nobody reads on.
    @Override
    public void close() {
        if (!ended) {
            send.accept(new ToNode.CancelStream(number));
            ended = true;
            over = true;
        }
        forget.accept(this);
    }
}
