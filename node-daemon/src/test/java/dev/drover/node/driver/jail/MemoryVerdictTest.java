package dev.drover.node.driver.jail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.node.cgroup.Controllers;
import dev.drover.node.cgroup.LimitedGroup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryVerdictTest {
    @TempDir Path folder;

    private MemoryVerdict verdict() throws Exception {
        var memory = Map.of("memory", new Controllers.Hierarchy(folder, true));
        Path run = Files.createDirectories(folder.resolve("run"));
        return MemoryVerdict.of(
                new LimitedGroup(new Controllers(new TreeMap<>(memory)), Path.of("group")), run);
    }

    private Path events() throws Exception {
        return Files.createDirectories(folder.resolve("group")).resolve("memory.events");
    }

    @Test
    void a_group_that_cannot_be_read_leaves_it_open() throws Exception {
        Files.createDirectory(events());

        assertThat(verdict()).isInstanceOf(MemoryVerdict.Unknown.class);
    }

    @Test
    void what_was_found_once_stays_when_the_group_is_gone() throws Exception {
        Files.writeString(events(), "oom 1\noom_kill 1\n");
        assertThat(verdict()).isEqualTo(new MemoryVerdict.Memory());
        Files.delete(events());

        assertThat(verdict()).isEqualTo(new MemoryVerdict.Memory());
    }

    @Test
    void a_group_without_kills_says_that_it_was_somebody_else() throws Exception {
        Files.writeString(events(), "oom 0\noom_kill 0\n");

        assertThat(verdict()).isEqualTo(new MemoryVerdict.Other());
    }
}
