package dev.drover.controller.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.controller.http.Call;
import dev.drover.controller.http.RequestFailed;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LineFilterTest {
    private static LineFilter filter(String pattern) throws RequestFailed {
        return LineFilter.of(
                        new Call(
                                "id",
                                "GET",
                                "/logs",
                                Map.of(),
                                Map.of("grep", List.of(pattern)),
                                Map.of(),
                                ""))
                .orElseThrow();
    }

    /// What comes through of these pieces.
    private static String through(String pattern, String... pieces) throws Exception {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        filter(pattern)
                .of(sink -> {
                    for (String piece : pieces) {
                        sink.write(piece.getBytes(UTF_8));
                    }
                })
                .send(seen::writeBytes);
        return seen.toString(UTF_8);
    }

    @Test
    void lines_are_put_together_from_pieces_and_stay_as_they_are() throws Exception {
        assertThat(through("err|ü$", "an er", "ror\r\nfine\n", "fü", "\nlast err"))
                .isEqualTo("an error\r\nfü\nlast err");
    }

    @Test
    void nothing_is_held_back_that_is_a_whole_line() throws Exception {
        assertThat(through("^$", "\n", "a\n", "\n")).isEqualTo("\n\n");
    }

    @Test
    void a_pattern_that_would_backtrack_for_ever_does_not() throws Exception {
        assertThat(through("(a+)+$", "a".repeat(50_000) + "b\n")).isEmpty();
    }

    @Test
    void what_is_no_pattern_is_refused() {
        assertThatThrownBy(() -> filter("a(")).hasMessageContaining("grep=a(");
    }
}
