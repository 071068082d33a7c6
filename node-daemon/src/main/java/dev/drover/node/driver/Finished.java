package dev.drover.node.driver;

import dev.drover.manifests.model.Exit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How a command beside a task has ended, and what it said first: on its output, then its errors.
public record Finished(Exit exit, String said) {
    private static final int BUFFER = 8 << 10;

    /// How soon what it says is read, so that its pipe does not fill up; its end is noticed at
    /// once.
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /// Lets it run to its end, with nothing to read for it. Whoever has not the time closes it.
    ///
    /// What it leaves running in the background may hold its outputs open for days. So nobody waits
    /// for their end, and nobody reads but what is there: a thread in read(2) could not be had
    /// back.
    ///
    /// @param bytesMax kept of each of its outputs; what is more is dropped, so that it can end
    public static Finished of(Execution command, int bytesMax)
            throws IOException, InterruptedException {
        command.stdin().close();
        CountDownLatch ended = new CountDownLatch(1);
        // Both at once: whoever fills a pipe that nobody reads waits for ever.
        Output output = new Output(command.stdout(), bytesMax, ended);
        Output errors = new Output(command.stderr(), bytesMax, ended);
        Exit exit;
        try {
            exit = command.await();
        } finally {
            ended.countDown();
        }
        String said =
                Stream.of(output.text(), errors.text())
                        .filter(text -> !text.isEmpty())
                        .collect(Collectors.joining("\n"));
        return new Finished(exit, said);
    }

    /// One of its outputs, read on a thread of its own.
    private static final class Output {
        private final InputStream from;
        private final int bytesMax;
        private final CountDownLatch ended;
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final AtomicReference<Optional<IOException>> broken =
                new AtomicReference<>(Optional.empty());
        private final Thread thread;

        Output(InputStream from, int bytesMax, CountDownLatch ended) {
            this.from = from;
            this.bytesMax = bytesMax;
            this.ended = ended;
            thread = Thread.ofVirtual().name("said").start(this::read);
        }

        private void read() {
            try {
                boolean last;
                do {
                    last = ended.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
                    take(); // once more after its end: what it said until then is there
                } while (!last);
            } catch (IOException e) {
                broken.set(Optional.of(e));
            } catch (InterruptedException nobodyDoes) {
                Thread.currentThread().interrupt();
            }
        }

        private void take() throws IOException {
            byte[] buffer = new byte[BUFFER];
            for (int there = from.available(); there > 0; there = from.available()) {
                int n = from.read(buffer, 0, Math.min(there, BUFFER));
                kept.write(buffer, 0, Math.clamp(n, 0, bytesMax - kept.size()));
            }
        }

        String text() throws IOException, InterruptedException {
            thread.join();
            if (broken.get().isPresent()) {
                throw broken.get().get();
            }
            return kept.toString(StandardCharsets.UTF_8).strip();
        }
    }
}
