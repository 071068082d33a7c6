package dev.drover.controller.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpTest {
    private static final String OK = "HTTP/1.1 200 OK\r\n";

    @Test
    void reads_a_body_of_announced_length_and_nothing_after_it() throws Exception {
        assertThat(get(OK + "Content-Length: 5\r\n\r\nhello, and more")).isEqualTo("hello");
    }

    @Test
    void reads_a_body_in_chunks_with_extensions_and_trailers() throws Exception {
        String body = "4;a=b\r\nhell\r\n1\r\no\r\n0\r\nTrailer: x\r\n\r\n";

        assertThat(get(OK + "Transfer-Encoding: chunked\r\n\r\n" + body)).isEqualTo("hello");
    }

    @Test
    void reads_to_the_end_when_no_length_was_announced() throws Exception {
        assertThat(get(OK + "\r\nhello")).isEqualTo("hello");
    }

    @Test
    void a_status_without_content_has_no_body() throws Exception {
        assertThat(get("HTTP/1.1 204 No Content\r\n\r\n")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 9\\r\\n\\r\\nhello | cut short",
                "Content-Length: x\\r\\n\\r\\nhello | no number",
                "Transfer-Encoding: chunked\\r\\n\\r\\n9\\r\\nhello | cut short",
                "Transfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nhello\\r\\n | longer than announced",
                "Transfer-Encoding: chunked\\r\\n\\r\\nno\\r\\nhello | no number",
                "Transfer-Encoding: chunked\\r\\n\\r\\n2\\r\\nhe | middle of a line",
                "nonsense\\r\\n\\r\\n | header without a name"
            })
    void never_takes_half_an_answer_for_a_whole_one(String rest, String said) {
        String answer = OK + rest.replace("\\r\\n", "\r\n");

        assertThatThrownBy(() -> get(answer))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(said);
    }

    @Test
    void says_when_nothing_comes_back() {
        assertThatThrownBy(() -> get(""))
                .isInstanceOfSatisfying(
                        Unanswered.class, unanswered -> assertThat(unanswered.write()).isFalse())
                .hasMessageContaining("gave no answer");
    }

    @Test
    void a_line_without_end_does_not_fill_the_memory() {
        assertThatThrownBy(() -> get(OK + "X: " + "a".repeat(9000)))
                .hasMessageContaining("longer than 8192 bytes");
    }

    @Test
    void says_when_something_else_listens_there() {
        assertThatThrownBy(() -> get("SSH-2.0-OpenSSH_9.2\r\n"))
                .hasMessageContaining("does not speak HTTP/1.1");
    }

    @Test
    void says_where_nobody_listens() throws Exception {
        int free;
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = probe.getLocalPort();
        }
        var http = new Http(new Address("127.0.0.1", free));

        assertThatThrownBy(() -> http.send(Request.read("/")))
                .isInstanceOfSatisfying(
                        Unreachable.class,
                        e -> assertThat(e.address()).isEqualTo("127.0.0.1:" + free));
    }

    @Test
    void a_request_names_the_host_and_the_type_of_what_it_writes() throws Exception {
        try (var server = new Scripted(OK + "Content-Length: 0\r\n\r\n")) {
            new Http(server.address()).send(Request.write("PUT", "/a?b=c", "{}")).close();

            assertThat(server.head())
                    .startsWith("PUT /a?b=c HTTP/1.1\n")
                    .contains("Host: " + server.address() + "\n")
                    .contains("Content-Type: application/json\n")
                    .contains("Content-Length: 2\n");
        }
    }

    private static String get(String answer) throws Exception {
        try (var server = new Scripted(answer);
                Reply reply = new Http(server.address()).send(Request.read("/"))) {
            return reply.text();
        }
    }
}
