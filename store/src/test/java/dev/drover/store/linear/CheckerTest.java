package dev.drover.store.linear;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.store.linear.Operation.Asked;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckerTest {
    @Test
    void a_read_during_a_write_may_see_either_state() {
        Operation write = write(0, 10, 7);

        assertThat(linearizable(write, read(2, 4, 0))).isTrue();
        assertThat(linearizable(write, read(2, 4, 7))).isTrue();
        assertThat(linearizable(write, read(2, 4, 7), read(5, 6, 0))).isFalse();
    }

    @Test
    void a_read_after_a_write_sees_it() {
        assertThat(linearizable(write(0, 1, 7), read(2, 3, 7))).isTrue();
        assertThat(linearizable(write(0, 1, 7), read(2, 3, 0))).isFalse();
    }

    @Test
    void of_two_replacements_of_one_state_only_one_is_done() {
        assertThat(linearizable(replace(0, 5, 0, 1, 1), replace(1, 4, 0, 2, 0))).isTrue();
        assertThat(linearizable(replace(0, 5, 0, 1, 1), replace(1, 4, 0, 2, 1))).isFalse();
        assertThat(linearizable(replace(0, 5, 0, 1, 0), replace(1, 4, 0, 2, 0))).isFalse();
    }

    @Test
    void the_order_that_explains_all_is_found_though_the_obvious_one_does_not() {
        assertThat(
                        linearizable(
                                write(0, 10, 1),
                                write(1, 9, 2),
                                read(2, 8, 1),
                                read(11, 12, 2),
                                read(13, 14, 2)))
                .isTrue();
        assertThat(linearizable(write(0, 3, 1), write(4, 9, 2), read(10, 12, 1))).isFalse();
    }

    private static boolean linearizable(Operation... history) {
        return Checker.linearizable(List.of(history));
    }

    private static Operation read(long from, long to, long value) {
        return new Operation(from, to, new Asked.Read(), value);
    }

    private static Operation write(long from, long to, long value) {
        return new Operation(from, to, new Asked.Write(value), Operation.DONE);
    }

    private static Operation replace(long from, long to, long old, long value, long done) {
        return new Operation(from, to, new Asked.Replace(old, value), done);
    }
}
