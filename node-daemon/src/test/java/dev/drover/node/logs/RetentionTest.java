package dev.drover.node.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.node.logs.Retention.Candidate;
import dev.drover.node.logs.Retention.Worth;
import dev.drover.node.supervision.Stream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RetentionTest {
    private static final LogSubject SUBJECT =
            new LogSubject(new LogFolder(Path.of("/a"), "logs"), "t", Path.of("/r"), false);

    /// Of ten bytes.
    private static Candidate file(String name, long second, Worth worth) {
        return new Candidate(
                SUBJECT,
                Stream.STDOUT,
                new LogFolder.Entry(name, 0, 10, Instant.ofEpochSecond(second)),
                worth);
    }

    private static List<String> gone(long bytesMax, Candidate... files) {
        return Retention.surplus(List.of(files), bytesMax).stream()
                .map(file -> file.entry().name())
                .toList();
    }

    @Test
    void nothing_goes_that_has_room() {
        assertThat(gone(20, file("a", 1, Worth.ENDED_OLDER), file("b", 2, Worth.WRITTEN)))
                .isEmpty();
    }

    @Test
    void no_more_goes_than_must_and_the_oldest_first() {
        assertThat(
                        gone(
                                15,
                                file("b", 2, Worth.ENDED_OLDER),
                                file("a", 1, Worth.ENDED_OLDER),
                                file("c", 3, Worth.ENDED_OLDER)))
                .containsExactly("a", "b");
    }

    @Test
    void what_has_ended_goes_before_what_lives_however_new_it_is() {
        assertThat(
                        gone(
                                0,
                                file("living", 1, Worth.LIVING_OLDER),
                                file("last words", 2, Worth.ENDED_NEWEST),
                                file("ended", 3, Worth.ENDED_OLDER)))
                .containsExactly("ended", "last words", "living");
    }

    @Test
    void what_may_be_written_to_never_goes() {
        assertThat(gone(0, file("a", 1, Worth.WRITTEN))).isEmpty();
    }

    @Test
    void a_tenth_of_the_disk_is_for_logs() {
        assertThat(Retention.share(100_000)).isEqualTo(10_000);
    }
}
