package dev.drover.controller.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drover.controller.cli.CommandFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:1", "127.0.0.2:1", "[::1]:1", "localhost:1"})
    void listens_where_only_this_machine_comes(String loopback) throws Exception {
        assertThat(Arguments.loopback(loopback).getPort()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:5000", "10.0.0.5:5000", "[::]:5000"})
    void says_why_it_listens_nowhere_else_and_how_others_come_in(String open) {
        CommandFailure refused =
                catchThrowableOfType(CommandFailure.class, () -> Arguments.loopback(open));

        assertThat(refused.what()).isEqualTo("--http " + open + " is refused");
        assertThat(refused.why()).contains("there is no access control yet");
        assertThat(refused.fix())
                .contains("listen on 127.0.0.1:5000;")
                .contains("`ssh -L 4646:127.0.0.1:5000 HOST`")
                .contains("`drover server --nodes`");
    }

    @Test
    void a_name_that_nobody_knows_is_no_address() {
        assertThatThrownBy(() -> Arguments.loopback("no.such.invalid:4646"))
                .hasMessage("--http no.such.invalid:4646 is no address of this machine");
    }
}
