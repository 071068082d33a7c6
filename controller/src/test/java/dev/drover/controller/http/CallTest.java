package dev.drover.controller.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "true", "1", "yes", "True"})
    void a_flag_that_is_there_says_yes(String value) {
        assertThat(with(value).flag("watch")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "0"})
    void a_flag_can_say_no(String value) {
        assertThat(with(value).flag("watch")).isFalse();
    }

    @Test
    void a_flag_that_is_not_there_says_no() {
        assertThat(with("true").flag("follow")).isFalse();
    }

    private static Call with(String value) {
        return new Call("1", "GET", "/", Map.of(), Map.of("watch", List.of(value)), Map.of(), "");
    }
}
