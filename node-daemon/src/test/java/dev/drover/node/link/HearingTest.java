package dev.drover.node.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HearingTest {
    private static final String BOOT = "5f0e7c3a-1b52-4c0f-9a54-2c0e6b1f7d11";
    private static final String OTHER_BOOT = "00000000-1b52-4c0f-9a54-2c0e6b1f7d11";
    private static final Duration USUAL = Duration.ofSeconds(15);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    @TempDir Path folder;
    private Duration uptime = HOUR;

    private Hearing open(String boot) throws IOException {
        return Hearing.open(folder.resolve("heard"), boot, () -> uptime);
    }

    private Hearing open() throws IOException {
        return open(BOOT);
    }

    private void pass(Duration time) {
        uptime = uptime.plus(time);
    }

    @Test
    void the_silence_begins_with_the_last_word() throws Exception {
        try (Hearing hearing = open()) {
            hearing.linked(USUAL);
            pass(MINUTE);
            hearing.heard();
            pass(Duration.ofSeconds(10));

            assertThat(hearing.silence())
                    .isEqualTo(new Silence(Duration.ofSeconds(10), Duration.ofSeconds(5)));

            pass(MINUTE);

            assertThat(hearing.silence())
                    .isEqualTo(new Silence(Duration.ofSeconds(70), Duration.ZERO));
        }
    }

    @Test
    void a_node_that_never_heard_anything_counts_from_its_start() throws Exception {
        try (Hearing hearing = open()) {
            pass(Duration.ofSeconds(4));

            assertThat(hearing.silence())
                    .isEqualTo(new Silence(Duration.ofSeconds(4), Duration.ofSeconds(6)));
        }
    }

    @Test
    void the_silence_goes_on_while_no_daemon_runs_but_the_next_one_dials_first() throws Exception {
        try (Hearing first = open()) {
            first.linked(USUAL);
        }
        pass(HOUR);

        try (Hearing next = open()) {
            assertThat(next.silence()).isEqualTo(new Silence(HOUR, Duration.ofSeconds(10)));

            pass(MINUTE);

            assertThat(next.silence()).isEqualTo(new Silence(HOUR.plus(MINUTE), Duration.ZERO));

            next.heard();

            assertThat(next.silence().lasting()).isZero();
        }
    }

    @Test
    void what_was_heard_during_another_boot_says_nothing() throws Exception {
        try (Hearing first = open(OTHER_BOOT)) {
            first.linked(USUAL);
        }
        pass(HOUR);

        try (Hearing next = open()) {
            assertThat(next.silence().lasting()).isZero();
        }
    }

    @Test
    void a_line_that_is_torn_says_nothing() throws Exception {
        Files.writeString(folder.resolve("heard"), BOOT + " 00000000");

        try (Hearing next = open()) {
            pass(MINUTE);

            assertThat(next.silence().lasting()).isEqualTo(MINUTE);
        }
    }
}
