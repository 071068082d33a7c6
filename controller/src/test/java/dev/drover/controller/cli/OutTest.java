package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    @Test
    void columns_are_as_wide_as_their_widest_cell_and_lines_end_with_text() {
        var table =
                new Table(
                        List.of("ID", "Name", "Status"),
                        List.of(List.of("1", "wéb", "running"), List.of("22", "n", "")));

        plain().table(table);

        assertThat(printed())
                .isEqualTo(
                        """
                        ID  Name  Status
                        1   wéb   running
                        22  n
                        """);
    }

    @Test
    void a_row_that_does_not_fit_its_header_is_a_bug() {
        assertThatThrownBy(() -> new Table(List.of("A"), List.of(List.of("1", "2"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void fields_are_aligned_and_nothing_reads_none() {
        plain().fields(new Fields().add("ID", "web").add("Node Pool", "").add("Priority", 50));

        assertThat(printed())
                .isEqualTo(
                        """
                        ID        = web
                        Node Pool = <none>
                        Priority  = 50
                        """);
    }

    @Test
    void states_have_a_colour_on_a_terminal_and_none_elsewhere() {
        new Out(bytes, bytes, true)
                .table(new Table(List.of("Status", "X"), List.of(List.of("failed", "1"))));

        assertThat(printed()).isEqualTo("Status  X\n\u001b[31mfailed\u001b[0m  1\n");
    }

    @Test
    void nobody_elses_text_moves_the_cursor_or_reverses_the_writing() {
        plain().line("a\u001b[2Jb\u009b1mc\nd\te\u202ef");

        assertThat(printed()).isEqualTo("a\\u001b[2Jb\\u009b1mc\\nd\\te\\u202ef\n");
    }

    @Test
    void an_error_says_what_why_and_how_to_fix_it() {
        plain().error("two\nlines", "because", "");

        assertThat(printed()).isEqualTo("Error: two\nlines\n  why: because\n");
    }

    @ParameterizedTest
    @CsvSource({"-5,0s", "59,59s", "60,1m", "140,2m20s", "3600,1h", "7260,2h1m", "90000,1d1h"})
    void lengths_of_time_are_told_in_their_two_largest_units(long seconds, String told) {
        assertThat(Times.span(Duration.ofSeconds(seconds))).isEqualTo(told);
    }

    private Out plain() {
        return new Out(bytes, bytes, false);
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
