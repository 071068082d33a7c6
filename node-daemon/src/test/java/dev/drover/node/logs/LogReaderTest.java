package dev.drover.node.logs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.wire.LogPart;
import dev.drover.node.files.Sink;
import dev.drover.node.supervision.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogReaderTest {
    @TempDir Path folder;
    @TempDir Path runs;
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
        reader = new LogReader(new LogFolder(folder, "."), "web", Stream.STDOUT, runs);
    }

    private void log(int number, String text) throws IOException {
        Files.writeString(folder.resolve("web.stdout.%06d".formatted(number)), text);
    }

    private String read(boolean fromEnd, long offset) throws Exception {
        Seen now = new Seen();
        reader.send(LogPart.ALL.from(fromEnd, offset), LogReader.Span.ALL, () -> true, now);
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

        reader.send(LogPart.ALL.from(false, 0).followed(), LogReader.Span.ALL, () -> over[0], seen);

        assertThat(seen.text()).isEqualTo("abcde");
    }

    @Test
    void follows_what_has_not_begun() throws Exception {
        boolean[] over = {false};
        seen.happenings.add(() -> log(0, "a"));
        seen.happenings.add(() -> over[0] = true);

        reader.send(LogPart.ALL.from(false, 0).followed(), LogReader.Span.ALL, () -> over[0], seen);

        assertThat(seen.text()).isEqualTo("a");
    }

    @Test
    void stops_when_nobody_listens() throws Exception {
        log(0, "a");

        assertThatThrownBy(() ->
                        reader.send(
                                LogPart.ALL.from(false, 0).followed(),
                                LogReader.Span.ALL,
                                () -> false,
                                seen))
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

    @Test
    void a_folder_that_became_a_link_leads_nowhere() throws Exception {
        Path outside = Files.createTempDirectory("outside");
        Path canary = Files.writeString(outside.resolve("web.stdout.000000"), "canary");
        Files.createSymbolicLink(folder.resolve("logs"), outside);

        LogReader linked = new LogReader(new LogFolder(folder, "logs"), "web", Stream.STDOUT, runs);

        assertThatThrownBy(() -> linked.send(LogPart.ALL, LogReader.Span.ALL, () -> true, seen))
                .hasMessageContaining("outside");
        Files.delete(canary);
        Files.delete(outside);
    }

    private void times(int run, int number, String text) throws IOException {
        Path folder = Files.createDirectories(runs.resolve(Integer.toString(run)));
        Files.writeString(folder.resolve("stdout.%06d.times".formatted(number)), text);
    }

    private String since(long second) throws Exception {
        Seen now = new Seen();
        LogPart part =
                new LogPart(
                        false,
                        0,
                        Optional.empty(),
                        Optional.of(Instant.ofEpochSecond(second)),
                        false,
                        false);
        reader.send(part, LogReader.Span.ALL, () -> true, now);
        return now.text();
    }

    @Test
    void begins_where_that_second_does() throws Exception {
        log(4, "old\nat ten\n");
        times(1, 4, "5 0\n10 4\n");
        log(5, "at twelve\n");
        times(2, 5, "12 0\ntorn");

        assertThat(since(5)).isEqualTo("old\nat ten\nat twelve\n");
        assertThat(since(6)).isEqualTo("at ten\nat twelve\n");
        assertThat(since(11)).isEqualTo("at twelve\n");
        assertThat(since(13)).isEmpty();
    }

    @Test
    void a_file_without_times_is_as_old_as_its_last_byte() throws Exception {
        log(4, "old\n");
        Files.setLastModifiedTime(
                folder.resolve("web.stdout.000004"), FileTime.from(Instant.ofEpochSecond(7)));
        log(5, "new\n");

        assertThat(since(8)).isEqualTo("new\n");
        assertThat(since(7)).isEqualTo("old\nnew\n");
    }

    private String tail(long lines) throws Exception {
        Seen now = new Seen();
        LogPart part = new LogPart(false, 0, Optional.of(lines), Optional.empty(), false, false);
        reader.send(part, LogReader.Span.ALL, () -> true, now);
        return now.text();
    }

    @Test
    void the_last_lines_may_be_in_several_files() throws Exception {
        log(4, "one\ntwo\n");
        log(5, "three\nfo");
        log(6, "ur\n" + "x".repeat(70_000) + "\n");

        assertThat(tail(0)).isEmpty();
        assertThat(tail(1)).hasSize(70_001);
        assertThat(tail(2)).startsWith("four\nxx");
        assertThat(tail(4)).startsWith("two\nthree\nfour\n");
        assertThat(tail(100)).startsWith("one\n");
    }

    @Test
    void of_one_run_only_its_files_are_read() throws Exception {
        log(4, "first");
        log(5, "second");
        log(6, "third");
        reader.send(LogPart.ALL, new LogReader.Span(5, 6), () -> true, seen);

        assertThat(seen.text()).isEqualTo("second");
    }
}
