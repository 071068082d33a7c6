package dev.drover.controller.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.1:80/, 10.0.0.1:80",
        "n1:4000, n1:4000",
        "n1, n1:4646",
        "[::1]:99, [::1]:99",
        "http://[fe80::1], [fe80::1]:4646"
    })
    void reads_every_form_people_write(String text, String address) {
        assertThat(Address.parse(text)).map(Address::toString).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":80",
                "n1:",
                "n1:0",
                "n1:65536",
                "n1:x",
                "https://n1",
                "n1/path",
                "a b",
                "[::1"
            })
    void refuses_what_is_none(String text) {
        assertThat(Address.parse(text)).isEmpty();
    }

    @Test
    void default_is_the_port_that_nomad_users_know() {
        assertThat(Address.DEFAULT).hasToString("127.0.0.1:4646");
    }
}
