package dev.drover.node.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.ZipException;

/// Unpacks zstd in a child process: the library works on raw memory, and what strangers packed must
/// not meet it in a daemon that is root and holds the node's keys.
public final class ZstdProcess extends InputStream { // what is read is a stream
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int WORDS_BYTES_MAX = 4096;

    private final Process child;
    private final Thread feeding;
    private final AtomicReference<String> lost = new AtomicReference<>("");

    private ZstdProcess(Process child, InputStream packed) {
        this.child = child;
        feeding = Thread.ofVirtual().name("zstd").start(() -> feed(packed));
    }

    /// What is packed in that stream, unpacked. Close it.
    public static ZstdProcess of(InputStream packed) throws IOException {
        String classPath = System.getProperty("java.class.path");
        return new ZstdProcess(
                ChildProgram.of(classPath, Unzstd.class).process(FetchLimits.USUAL).start(),
                packed);
    }

    private void feed(InputStream packed) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (OutputStream in = child.getOutputStream()) {
            for (int n = read(packed, buffer); n > 0; n = read(packed, buffer)) {
                in.write(buffer, 0, n);
            }
        } catch (IOException gone) {
            // The child has ended before its input: its last words say why, to whoever reads.
            lost.compareAndSet("", String.valueOf(gone.getMessage()));
        }
    }

    private int read(InputStream packed, byte[] buffer) {
        try {
            return packed.read(buffer);
        } catch (IOException e) {
            lost.set("it cannot be read: " + e.getMessage());
            return -1;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int from, int length) throws IOException {
        int n = child.getInputStream().read(buffer, from, length);
        if (n < 0) {
            finish();
        }
        return n;
    }

    /// What it said is whole only when it says so.
    private void finish() throws IOException {
        try {
            String words =
                    new String(
                            child.getErrorStream().readNBytes(WORDS_BYTES_MAX),
                            StandardCharsets.UTF_8);
            feeding.join();
            if (child.waitFor() != 0) {
                throw new ZipException(words.isBlank() ? "unpacking has failed" : words.strip());
            }
            if (!lost.get().isEmpty()) {
                throw new ZipException(lost.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() throws IOException {
        child.destroyForcibly();
        feeding.interrupt();
        child.getInputStream().close();
    }
}
