package dev.drover.node.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.manifests.wire.TerminalSize;
import dev.drover.node.driver.HostExecution;
import dev.drover.node.files.Sink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExecSessionTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /// Keeps what is told.
    private static final class Kept implements Sink {
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();

        @Override
        public synchronized void write(ByteBuffer bytes) {
            byte[] piece = new byte[bytes.remaining()];
            bytes.get(piece);
            all.writeBytes(piece);
        }

        @Override
        public void pause(Duration max) {}

        synchronized String text() {
            return all.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static List<String> readers() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("exec-std"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_a_command_leaves_in_the_background_keeps_no_thread(boolean terminal)
            throws Exception {
        ProcessBuilder command =
                new ProcessBuilder(
                        "/bin/sh", "-c", "trap '' HUP; sleep 30 & echo it is $! and more; sleep 1");
        Optional<TerminalSize> size =
                terminal ? Optional.of(new TerminalSize(24, 80)) : Optional.empty();
        Kept kept = new Kept();
        CountDownLatch nothing = new CountDownLatch(1);

        new ExecSession(
                        HostExecution.start(command, size),
                        terminal,
                        () -> {
                            nothing.await();
                            throw new InterruptedException("nobody is there");
                        },
                        kept)
                .run();

        await().atMost(SOON).untilAsserted(() -> assertThat(readers()).isEmpty());
        String told = kept.text();
        assertThat(told).contains(" and more");
        long left = Long.parseLong(told.replaceAll("(?s).*it is (\\d+) and.*", "$1"));
        ProcessHandle.of(left).ifPresent(ProcessHandle::destroyForcibly);
    }
}
