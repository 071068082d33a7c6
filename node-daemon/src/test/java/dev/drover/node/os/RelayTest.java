package dev.drover.node.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real processes that write to each other.
final class RelayTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

    private final Exits exits = new Exits();

    @TempDir Path folder;

    @AfterEach
    void stop() {
        exits.close();
    }

    private Relay relay(String reader) throws IOException {
        return Relay.open(shell(reader), ENVIRONMENT);
    }

    private List<String> shell(String script) {
        return List.of("/bin/sh", "-c", "cd " + folder + "\n" + script);
    }

    private boolean ended(ProcessIdentity process) throws Exception {
        return exits.watch(process).await(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    /// What the script says of a line that it writes.
    private String written(Relay relay) throws Exception {
        Path said = folder.resolve("said");
        Files.deleteIfExists(said);
        ended(
                relay.writer(
                        shell(
                                "trap '' PIPE\nif echo line; then w=ok; else w=not; fi; echo $w >said"),
                        ENVIRONMENT));
        return Files.readString(said).strip();
    }

    @Test
    void one_reads_what_many_write_and_ends_when_it_is_closed() throws Exception {
        Relay relay = relay("exec cat >read");
        for (int i = 0; i < 3; i++) {
            assertThat(written(relay)).isEqualTo("ok");
        }
        assertThat(relay.reader().alive()).isTrue();

        relay.close();

        assertThat(ended(relay.reader())).isTrue();
        assertThat(folder.resolve("read")).hasContent("line\nline\nline\n");
        assertThat(written(relay)).isEqualTo("not");
    }

    @Test
    void who_writes_to_nobody_is_told_so() throws Exception {
        Relay relay = relay("exit 0");
        assertThat(ended(relay.reader())).isTrue();

        assertThat(written(relay)).isEqualTo("not");
        relay.close();
    }

    @Test
    void who_would_have_to_wait_is_told_so() throws Exception {
        Relay relay = relay("while [ ! -e closed ]; do sleep 0.02; done");
        assertThat(
                        ended(
                                relay.writer(
                                        shell(
                                                "while head -c 4096 /dev/zero; do :; done; echo >full"),
                                        ENVIRONMENT)))
                .isTrue();

        assertThat(folder.resolve("full")).exists();
        assertThat(written(relay)).isEqualTo("not");
        Files.createFile(folder.resolve("closed"));
        await().atMost(SOON).until(() -> !relay.reader().alive());
        relay.close();
    }
}
