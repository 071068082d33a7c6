package dev.drover.node.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AllocationFilesTest {
    @TempDir Path home;
    private AllocationFiles files;

    private static final class Seen implements Sink {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(ByteBuffer some) {
            byte[] copy = new byte[some.remaining()];
            some.get(copy);
            bytes.writeBytes(copy);
        }

        private final Deque<String> later = new ArrayDeque<>();
        private Optional<Path> growing = Optional.empty();

        @Override
        public void pause(Duration max) {
            try {
                Files.writeString(growing.orElseThrow(), later.remove(), StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final Seen seen = new Seen();

    @BeforeEach
    void prepare() throws IOException {
        files = new AllocationFiles(home);
        Files.createDirectories(home.resolve("web/local"));
        Files.createDirectories(home.resolve("web/secrets"));
        Files.writeString(home.resolve("web/local/page"), "0123456789");
        Files.writeString(home.resolve("web/secrets/key"), "canary");
    }

    private String seen() {
        return seen.bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void reads_a_part_of_a_file() throws Exception {
        files.read("web/local/page", 3, 4, seen);

        assertThat(seen()).isEqualTo("3456");
    }

    @Test
    void follows_a_file_until_nothing_will_be_written() throws Exception {
        seen.growing = Optional.of(home.resolve("web/local/page"));
        seen.later.addAll(List.of("ab", "cd"));

        files.follow("web/local/page", 8, seen.later::isEmpty, seen);

        assertThat(seen()).isEqualTo("89abcd");
    }

    @Test
    void a_followed_file_that_was_cut_is_read_from_its_beginning() throws Exception {
        Path page = home.resolve("web/local/page");
        seen.growing = Optional.of(page);
        seen.later.add("new");
        Sink cutting =
                new Sink() {
                    @Override
                    public void write(ByteBuffer bytes) {
                        seen.write(bytes);
                    }

                    @Override
                    public void pause(Duration max) {
                        try {
                            Files.writeString(page, "");
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                        seen.pause(max);
                    }
                };

        files.follow("web/local/page", 0, seen.later::isEmpty, cutting);

        assertThat(seen()).isEqualTo("0123456789new");
    }

    @Test
    void lists_a_folder_a_line_each() throws Exception {
        Files.createSymbolicLink(home.resolve("web/link"), Path.of("local"));

        files.list("web", seen);

        assertThat(seen().lines())
                .hasSize(3)
                .anyMatch(l -> l.contains("\"name\":\"link\"") && l.contains("\"mode\":\"lrwx"))
                .anyMatch(l -> l.contains("\"name\":\"local\"") && l.contains("\"mode\":\"drwx"));
    }

    @Test
    void secrets_are_not_shown_by_whatever_name() throws Exception {
        Files.createSymbolicLink(home.resolve("web/local/k"), Path.of("../secrets/key"));

        for (String path : new String[] {"web/secrets/key", "web/local/k", "web/./secrets"}) {
            assertThatThrownBy(() -> files.read(path, 0, 100, seen)).hasMessageContaining("secret");
        }
        assertThat(seen()).isEmpty();
    }

    @Test
    void a_file_is_not_listed() {
        assertThatThrownBy(() -> files.list("web/local/page", seen))
                .hasMessageContaining("is not a folder");
    }
}
