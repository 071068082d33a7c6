package dev.drover.node.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Exit;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class FinishedTest {
    private static Finished run(String script) throws Exception {
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", script);
        try (Execution command = HostExecution.start(shell, Optional.empty())) {
            return Finished.of(command, 100);
        }
    }

    @Test
    void tells_what_was_said_on_both_outputs_and_how_it_ended() throws Exception {
        assertThat(run("echo why >&2; echo what; exit 3"))
                .isEqualTo(new Finished(new Exit.Code(3), "what\nwhy"));
    }

    @Test
    void has_nothing_to_read_for_it() throws Exception {
        assertThat(run("cat; echo over")).isEqualTo(new Finished(new Exit.Code(0), "over"));
    }

    @Test
    @Timeout(10)
    void what_it_leaves_in_the_background_is_not_waited_for() throws Exception {
        assertThat(run("echo here; sleep 20 & sleep 0.5; exit 4"))
                .isEqualTo(new Finished(new Exit.Code(4), "here"));
    }

    @Test
    void floods_on_both_outputs_do_not_keep_it_from_its_end() throws Exception {
        Finished end =
                run(
                        "head -c 300000 /dev/zero | tr '\\0' e >&2; head -c 300000 /dev/zero | tr '\\0' o");

        assertThat(end)
                .isEqualTo(
                        new Finished(new Exit.Code(0), "o".repeat(100) + "\n" + "e".repeat(100)));
    }
}
