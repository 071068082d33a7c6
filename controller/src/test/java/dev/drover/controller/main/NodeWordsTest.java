package dev.drover.controller.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.controller.testing.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a node's daemon says of itself, to whoever reads its output.
class NodeWordsTest {
    @Test
    void a_node_says_what_it_is_called_and_that_it_was_asked_to_end(@TempDir Path folder)
            throws Exception {
        Path log = folder.resolve("log");
        Program node =
                new Program(
                        log,
                        "node",
                        "--name=shepherd",
                        "--server=http://127.0.0.1:1",
                        "--data-dir=" + folder.resolve("data"));
        node.start();
        try {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(log).contains("drivers: "));
        } finally {
            node.end();
        }

        assertThat(Files.readString(log)).contains("  node shepherd: ").contains("asked to end");
    }
}
