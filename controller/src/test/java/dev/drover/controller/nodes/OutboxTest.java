package dev.drover.controller.nodes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Why a link ends, as a close frame can say it.
class OutboxTest {
    @Test
    void a_short_reason_is_whole() {
        assertThat(Outbox.cut("the server stops")).isEqualTo("the server stops");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ä", "€", "𝄞", "node „ä€𝄞“ "})
    void a_long_one_fits_into_a_frame_and_ends_with_a_whole_character(String words) {
        String reason = words.repeat(130);

        String cut = Outbox.cut(reason);

        assertThat(cut.getBytes(UTF_8).length).isBetween(120, 123);
        assertThat(reason).startsWith(cut);
    }
}
