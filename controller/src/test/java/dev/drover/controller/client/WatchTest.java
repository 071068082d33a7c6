package dev.drover.controller.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WatchTest {
    private static Optional<?> next(String reason) throws IOException {
        String line =
                "{\"type\":\"ERROR\",\"object\":{\"reason\":\"%s\",\"message\":\"no more\"}}\n"
                        .formatted(reason);
        try (var server = new Scripted("HTTP/1.1 200 OK\r\n\r\n" + line);
                var watch = new Client(server.address()).watch(Type.JOBS, "", Where.ANY, "7")) {
            return watch.next();
        }
    }

    /// A slow reader, as a terminal that was stopped, is behind what the server remembers.
    @Test
    void what_the_server_has_forgotten_is_a_reason_to_list_again() throws IOException {
        assertThat(next("Expired")).isEmpty();
    }

    @Test
    void any_other_reason_is_told() {
        assertThatThrownBy(() -> next("Forbidden"))
                .isInstanceOf(Refused.class)
                .hasMessage("no more");
    }
}
