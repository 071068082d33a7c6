package dev.drover.node.driver.jail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A program of this machine that is called for its answer, bounded in time and in words. What it
/// leaves running may have its output open for days: nobody waits for that.
final class Call implements AutoCloseable {
    /// A message, not a file; what is more is read and dropped, so that the program can end.
    private static final int SAID_MAX = 64 << 10;

    /// What it wrote itself is in its pipe at its end; a busy machine may need a moment to read it.
    private static final Duration REST_MAX = Duration.ofSeconds(1);

    private static final int BUFFER = 4_096;

    private final String name;
    private final Process process;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Thread reader;

    /// How it ended and what it said, on both outputs.
    record Said(int status, String text) {}

    private Call(String name, Process process) {
        this.name = name;
        this.process = process;
        // Of the system: a read of a pipe takes one in any case.
        reader = Thread.ofPlatform().name("call").daemon().start(this::read);
    }

    /// Begins one, with nothing to read for it.
    ///
    /// @param name as people are told of it
    static Call begin(String name, List<String> words) throws IOException {
        return new Call(
                name,
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectInput(Path.of("/dev/null").toFile())
                        .start());
    }

    /// Calls one and waits for its answer.
    static Said of(String name, List<String> words, Duration max)
            throws IOException, InterruptedException {
        try (Call call = begin(name, words)) {
            return call.said(max);
        }
    }

    private void read() {
        byte[] some = new byte[BUFFER];
        try (InputStream output = process.getInputStream()) {
            for (int count = output.read(some); count >= 0; count = output.read(some)) {
                keep(some, count);
            }
        } catch (IOException closed) {
            // It has ended, and so has what it had to say.
        }
    }

    private synchronized void keep(byte[] some, int count) {
        said.write(some, 0, Math.min(count, SAID_MAX - said.size()));
    }

    private synchronized String text() {
        return said.toString(StandardCharsets.UTF_8);
    }

    /// Waits for its end; ends it when that takes longer.
    Said said(Duration max) throws IOException, InterruptedException {
        if (!process.waitFor(max)) {
            process.destroyForcibly();
            throw new IOException(name + " did not end within " + max.toSeconds() + " s");
        }
        reader.join(REST_MAX);
        return new Said(process.exitValue(), text());
    }

    /// Ends it, if it has not.
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
