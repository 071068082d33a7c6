package dev.drover.controller.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClientTest {
    @Test
    void says_what_the_server_says_when_it_refuses() throws Exception {
        String status =
                "{\"kind\":\"Status\",\"metadata\":{\"reason\":\"inner\"},\"reason\":\"NotFound\","
                        + "\"message\":\"there is no job \\\"web\\\"\",\"code\":404}";

        assertThatThrownBy(() -> ask("HTTP/1.1 404 Not Found\r\n\r\n" + status))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(404);
                            assertThat(refused.reason()).isEqualTo("NotFound");
                            assertThat(refused.what()).isEqualTo("there is no job \"web\"");
                        });
    }

    @Test
    void shows_the_beginning_of_an_answer_that_is_no_status() {
        assertThatThrownBy(() -> ask("HTTP/1.1 502 Bad Gateway\r\n\r\n<html>" + "x".repeat(500)))
                .hasMessageStartingWith("the server answered 502: <html>xxx")
                .hasMessageEndingWith("…");
    }

    private static String ask(String answer) throws Exception {
        try (var server = new Scripted(answer)) {
            return new Client(server.address()).text(Request.read("/"));
        }
    }
}
