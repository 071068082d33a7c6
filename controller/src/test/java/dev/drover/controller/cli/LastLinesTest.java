package dev.drover.controller.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LastLinesTest {
    private static Optional<Integer> begin(String text, long lines) {
        return LastLines.begin(text.getBytes(UTF_8), lines);
    }

    @Test
    void whole_lines_are_counted_from_the_end() {
        assertThat(begin("a\nb\nc\n", 1)).hasValue(4);
        assertThat(begin("a\nb\nc\n", 2)).hasValue(2);
    }

    @Test
    void a_line_that_is_not_ended_is_one() {
        assertThat(begin("a\nb\nc", 1)).hasValue(4);
        assertThat(begin("a\n\n", 1)).hasValue(2);
    }

    @Test
    void fewer_may_go_on_before() {
        assertThat(begin("a\nb\nc\n", 3)).isEmpty();
        assertThat(begin("", 1)).isEmpty();
    }

    @Test
    void none_is_none() {
        assertThat(begin("a\n", 0)).hasValue(2);
    }
}
