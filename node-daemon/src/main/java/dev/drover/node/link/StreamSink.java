package dev.drover.node.link;

import dev.drover.manifests.wire.Wire;
import dev.drover.node.files.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Where the bytes of one stream go: to the controller, as fast as it gives credit. Its thread is
/// never interrupted, since that would close the socket under a write: whoever cancels it makes the
/// next wait of it fail.
final class StreamSink implements Sink {
    /// Data in one frame.
    private static final int DATA_MAX = Wire.FRAME_MAX - Wire.STREAM_HEADER;

    private final int stream;
    private final Wiring wire;
    private long credit;
    private final CountDownLatch cancelled = new CountDownLatch(1);

    /// Puts a frame on the wire.
    @FunctionalInterface
    interface Wiring {
        void send(ByteBuffer frame) throws IOException;
    }

    StreamSink(int stream, long credit, Wiring wire) {
        this.stream = stream;
        this.credit = credit;
        this.wire = wire;
    }

    @Override
    public void write(ByteBuffer bytes) throws IOException, InterruptedException {
        while (bytes.hasRemaining()) {
            int length = take(Math.min(bytes.remaining(), DATA_MAX));
            ByteBuffer frame = ByteBuffer.allocate(Wire.STREAM_HEADER + length);
            frame.putInt(stream).put(bytes.slice(bytes.position(), length)).flip();
            bytes.position(bytes.position() + length);
            wire.send(frame);
        }
    }

    private synchronized int take(int wanted) throws InterruptedException {
        while (credit == 0 && listened()) {
            wait();
        }
        if (!listened()) {
            throw nobody();
        }
        int taken = (int) Math.min(wanted, credit);
        credit -= taken;
        return taken;
    }

    synchronized void credit(long more) {
        credit += more;
        notifyAll();
    }

    @Override
    public void pause(Duration max) throws InterruptedException {
        if (cancelled.await(max.toMillis(), TimeUnit.MILLISECONDS)) {
            throw nobody();
        }
    }

    private boolean listened() {
        return cancelled.getCount() > 0;
    }

    private static InterruptedException nobody() {
        return new InterruptedException("nobody listens");
    }

    synchronized void cancel() {
        cancelled.countDown();
        notifyAll();
    }
}
