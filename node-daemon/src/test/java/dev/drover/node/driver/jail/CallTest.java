package dev.drover.node.driver.jail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CallTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir Path folder;

    private static Call.Said say(String script) throws Exception {
        return Call.of("a script", List.of("/bin/sh", "-c", script), LONG);
    }

    @Test
    void tells_how_it_ended_and_what_it_said() throws Exception {
        assertThat(say("echo out; echo err >&2; exit 7")).isEqualTo(new Call.Said(7, "out\nerr\n"));
    }

    @Test
    void nobody_waits_for_what_it_leaves_running() throws Exception {
        Path left = folder.resolve("left");

        Call.Said said = say("sleep 30 & echo $! >" + left + "; echo done");

        ProcessHandle leftover =
                ProcessHandle.of(Long.parseLong(Files.readString(left).strip())).orElseThrow();
        assertThat(said).isEqualTo(new Call.Said(0, "done\n"));
        assertThat(leftover.destroyForcibly()).as("it was still there").isTrue();
    }

    @Test
    void one_that_does_not_end_is_ended() throws Exception {
        Path own = folder.resolve("own");
        List<String> words = List.of("/bin/sh", "-c", "echo $$ >" + own + "; exec sleep 300");
        try (Call call = Call.begin("a script", words)) {
            await().until(() -> Files.exists(own) && Files.size(own) > 0);
            assertThatThrownBy(() -> call.said(Duration.ofSeconds(1)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("a script did not end within 1 s");
        }

        long pid = Long.parseLong(Files.readString(own).strip());
        ProcessHandle.of(pid).ifPresent(it -> assertThat(it.onExit().join()).isEqualTo(it));
    }

    @Test
    void a_flood_does_not_keep_it_from_its_end() throws Exception {
        Call.Said said = say("head -c 1000000 /dev/zero");

        assertThat(said.status()).isZero();
        assertThat(said.text()).hasSize(64 << 10);
    }
}
