package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A short story with real processes; `ChurnStory` tells long ones.
@Timeout(120)
final class ChurnStoryTest {
    @TempDir Path folder;

    @Test
    void whatever_is_killed_nothing_is_lost_and_nothing_runs_twice() throws Exception {
        assertThat(ChurnStory.tell(folder, 12, 4, Long.getLong("drover.seed", 1))).isNotEmpty();
    }
}
