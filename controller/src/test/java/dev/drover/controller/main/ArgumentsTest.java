package dev.drover.controller.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.drover.controller.cli.CommandFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void a_node_is_in_one_pool_and_says_what_jobs_may_ask_for() throws Exception {
        assertThat(Arguments.pool(Optional.empty())).isEqualTo("default");
        assertThat(Arguments.pool(Optional.of("gpu"))).isEqualTo("gpu");
        assertThat(Arguments.meta(List.of("rack=r7", "note=a=b", "empty=")))
                .isEqualTo(Map.of("rack", "r7", "note", "a=b", "empty", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "", "a b", "ä"})
    void no_pool_is_called(String name) {
        assertThatThrownBy(() -> Arguments.pool(Optional.of(name)))
                .hasMessage("--pool " + name + " is not the name of a node pool");
    }

    @Test
    void meta_that_is_none_is_told() {
        assertThatThrownBy(() -> Arguments.meta(List.of("rack")))
                .hasMessage("--meta rack says nothing of the node");
        assertThatThrownBy(() -> Arguments.meta(List.of("a b=c")))
                .hasMessage("--meta a b=c says nothing of the node");
        assertThatThrownBy(() -> Arguments.meta(List.of("rack=a", "rack=b")))
                .hasMessage("--meta rack is said twice");
    }

    @Test
    void a_name_that_nobody_knows_is_no_address() {
        assertThatThrownBy(() -> Arguments.loopback("no.such.invalid:4646"))
                .hasMessage("--http no.such.invalid:4646 is no address of this machine");
    }
}
