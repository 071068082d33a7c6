package dev.drover.controller.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private final Gate gate = new Gate("127.0.0.1");

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:4646", "localhost:4646", "LOCALHOST", "[::1]:4646", "127.8.0.1"})
    void lets_in_who_calls_this_machine_by_a_name_of_its_own(String host) {
        assertThat(gate.refuse("GET", Map.of("host", host))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:4646",
                "127.0.0.1.evil.example",
                "localhost.evil.example:4646",
                "localhost@evil.example",
                "[::1",
                "[::1].evil.example",
                ""
            })
    void refuses_a_host_that_is_somebody_elses_name(String host) {
        assertThat(gate.refuse("GET", Map.of("host", host)))
                .hasValueSatisfying(f -> assertThat(f.reason()).isEqualTo(Reason.FORBIDDEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example",
                "null",
                "file://",
                "http://localhost.evil.example",
                "http://localhost@evil.example",
                "chrome-extension://localhost",
                "%"
            })
    void refuses_web_pages_from_elsewhere(String origin) {
        assertThat(gate.refuse("GET", Map.of("host", "localhost", "origin", origin)))
                .hasValueSatisfying(f -> assertThat(f.reason()).isEqualTo(Reason.FORBIDDEN));
    }

    @Test
    void lets_in_its_own_pages() {
        var headers = Map.of("host", "localhost:4646", "origin", "http://localhost:4646");

        assertThat(gate.refuse("GET", headers)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "text/plain; application/json",
                "text/plain,application/json"
            })
    void refuses_writes_of_a_type_that_forms_can_send(String type) {
        assertThat(gate.refuse("POST", Map.of("host", "localhost", "content-type", type)))
                .hasValueSatisfying(
                        f -> assertThat(f.reason()).isEqualTo(Reason.UNSUPPORTED_MEDIA_TYPE));
    }

    @Test
    void takes_json_and_yaml_with_parameters() {
        var headers =
                Map.of("host", "localhost", "content-type", "Application/JSON; charset=utf-8");

        assertThat(gate.refuse("PUT", headers)).isEmpty();
    }

    @Test
    void deletes_need_a_type_only_with_a_body() {
        assertThat(gate.refuse("DELETE", Map.of("host", "localhost"))).isEmpty();
        assertThat(gate.refuse("DELETE", Map.of("host", "localhost", "content-type", "text/plain")))
                .isPresent();
    }
}
