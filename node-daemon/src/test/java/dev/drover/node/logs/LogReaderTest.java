package dev.drover.node.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.node.files.Sink;
import dev.drover.node.supervision.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogReaderTest {
    @TempDir Path folder;
    private LogReader reader;

    /// Keeps what it gets. Each pause of the reader lets the next thing happen.
    private static final class Seen implements Sink {
        private interface Happening {
            void happen() throws IOException;
        }

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Deque<Happening> happenings = new ArrayDeque<>();

        @Override
        public void write(ByteBuffer some) {
            byte[] copy = new byte[some.remaining()];
            some.get(copy);
            bytes.writeBytes(copy);
        }

        @Override
        public void pause(Duration max) throws InterruptedException {
            if (happenings.isEmpty()) {
                throw new InterruptedException("nobody listens");
            }
            try {
                happenings.poll().happen();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    private final Seen seen = new Seen();

    @BeforeEach
    void open() {
        reader = new LogReader(folder, "web", Stream.STDOUT);
    }

    private void log(int number, String text) throws IOException {
        Files.writeString(folder.resolve("web.stdout.%06d".formatted(number)), text);
    }

    private String read(boolean fromEnd, long offset) throws Exception {
        Seen now = new Seen();
        reader.send(new LogReader.Range(fromEnd, offset, false), () -> true, now);
        return now.text();
    }

    @Test
    void reads_over_all_files_from_any_offset() throws Exception {
        log(4, "abc");
        log(5, "");
        log(6, "defg");
        Files.writeString(folder.resolve("web.stderr.000004"), "no");
        Files.writeString(folder.resolve("web.stdout.stdout.000004"), "no");
        String all = "abcdefg";
        for (int offset = 0; offset <= all.length(); offset++) {
            assertThat(read(false, offset)).isEqualTo(all.substring(offset));
            assertThat(read(true, offset)).isEqualTo(all.substring(all.length() - offset));
        }
        assertThat(read(true, 100)).isEqualTo(all);
        assertThat(read(false, 100)).isEmpty();
    }

    @Test
    void there_is_nothing_yet() throws Exception {
        assertThat(read(false, 0)).isEmpty();
    }

    @Test
    void follows_over_rotation_and_ends_when_the_task_is_over() throws Exception {
        log(0, "a");
        boolean[] over = {false};
        seen.happenings.add(() -> log(0, "ab"));
        seen.happenings.add(() -> {
            log(0, "abc");
            log(1, "d");
        });
        seen.happenings.add(() -> {
            Files.delete(folder.resolve("web.stdout.000000"));
            log(2, "e");
            over[0] = true;
        });

        reader.send(new LogReader.Range(false, 0, true), () -> over[0], seen);

        assertThat(seen.text()).isEqualTo("abcde");
    }

    @Test
    void follows_what_has_not_begun() throws Exception {
        boolean[] over = {false};
        seen.happenings.add(() -> log(0, "a"));
        seen.happenings.add(() -> over[0] = true);

        reader.send(new LogReader.Range(false, 0, true), () -> over[0], seen);

        assertThat(seen.text()).isEqualTo("a");
    }

    @Test
    void stops_when_nobody_listens() throws Exception {
        log(0, "a");

        assertThatThrownBy(
                        () -> reader.send(new LogReader.Range(false, 0, true), () -> false, seen))
                .isInstanceOf(InterruptedException.class);
        assertThat(seen.text()).isEqualTo("a");
    }

    @Test
    void a_log_file_that_is_a_link_leads_nowhere() throws Exception {
        Path outside = Files.writeString(Files.createTempFile("outside", ""), "canary");
        Files.createSymbolicLink(folder.resolve("web.stdout.000000"), outside);

        assertThatThrownBy(() -> read(false, 0)).hasMessageContaining("outside");
        Files.delete(outside);
    }
}
