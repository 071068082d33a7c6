package dev.drover.controller.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.wire.ExecInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What may take as long as it likes, beside what may not.
@Timeout(30)
class PatienceTest {
    private static final ResourceName ALLOCATION = new ResourceName("default", "a-1");

    private final ServerSocket listener = listener();
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private final Client client =
            new Client(
                    new Http(
                            new Address("127.0.0.1", listener.getLocalPort()),
                            Duration.ofMillis(100)));

    @AfterEach
    void close() throws IOException {
        listener.close();
        asking.close();
    }

    @Test
    void a_file_that_is_followed_may_be_quiet() throws Exception {
        assertThat(answeredLate(() -> client.followed(ALLOCATION, "log", 0).text(), "more"))
                .isEqualTo("more");
    }

    @Test
    void input_waits_for_a_command_that_takes_none_yet() throws Exception {
        ExecInput input = new ExecInput("aGk=", false, Optional.empty());

        assertThat(answeredLate(() -> client.give("session", input), "{}")).isTrue();
    }

    /// The server answers when another one, who asked later, has lost patience.
    private <T> T answeredLate(Callable<T> question, String answer) throws Exception {
        Future<T> asked = asking.submit(question);
        try (Socket socket = listener.accept()) {
            assertThatThrownBy(() -> client.file(ALLOCATION, "log", 0))
                    .isInstanceOf(Unanswered.class);

            String head = "HTTP/1.1 200 OK\r\nContent-Length: " + answer.length() + "\r\n\r\n";
            socket.getOutputStream().write((head + answer).getBytes(StandardCharsets.UTF_8));
            return asked.get();
        }
    }

    private static ServerSocket listener() {
        try {
            return new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
