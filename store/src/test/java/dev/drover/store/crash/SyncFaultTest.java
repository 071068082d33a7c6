package dev.drover.store.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that refuses to sync: strace stands between the store and the kernel.
class SyncFaultTest {
    @TempDir Path folder;

    @Test
    void a_store_whose_sync_fails_stops_and_has_lost_nothing_it_acknowledged() throws Exception {
        assumeTrue(canInject(), "strace is not here, or may not trace: no failing syncs");

        CrashRounds.Stopped stopped =
                new CrashRounds(folder, "sync")
                        .untilItStops(failing("fdatasync:error=EIO:when=40+"));

        assertThat(stopped.exit()).isEqualTo(70);
        assertThat(stopped.said())
                .contains("stopping at once: the disk did not take what was written")
                .containsIgnoringCase("cannot sync the log in " + folder);
        assertThat(stopped.acknowledged()).isPositive();
        assertThat(stopped.broken()).isEmpty();
    }

    private static List<String> failing(String what) {
        return List.of(
                "strace",
                "-f",
                "-qqq",
                "-o",
                "/dev/null",
                "-e",
                "trace=fdatasync",
                "-e",
                "signal=none",
                "-e",
                "inject=" + what);
    }

    private static boolean canInject() throws InterruptedException {
        try {
            return new ProcessBuilder("strace", "-qqq", "-o", "/dev/null", "true")
                            .redirectErrorStream(true)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false; // there is none
        }
    }
}
