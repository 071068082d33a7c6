package dev.drover.manifests.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ValueTest {
    @Test
    void a_number_is_the_same_however_it_is_written() {
        assertThat(number("1.10")).isEqualTo(number("1.1")).isEqualTo(number("11e-1"));
        assertThat(number("1e2")).isEqualTo(number("100")).isEqualTo(number("100.0"));
    }

    @Test
    void whole_numbers_keep_their_digits_and_large_ones_their_exponent() {
        assertThat(number("100").number()).hasToString("100");
        assertThat(number("1e999999999").number()).hasToString("1E+999999999");
    }

    private static Value.Num number(String text) {
        return new Value.Num(new BigDecimal(text));
    }
}
