package dev.drover.controller.kill;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Short stories with real processes; `KillStory` tells long ones.
@Timeout(300)
class KillStoryTest {
    @TempDir Path folder;

    @Test
    void an_agent_killed_at_random_moments_loses_nothing() throws Exception {
        KillStory.tell(folder, false, 3, 1);
    }

    @Test
    void a_server_or_a_node_killed_at_random_moments_loses_nothing() throws Exception {
        KillStory.tell(folder, true, 4, 2);
    }
}
