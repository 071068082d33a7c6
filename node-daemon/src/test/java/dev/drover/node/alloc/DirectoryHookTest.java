package dev.drover.node.alloc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.node.secrets.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryHookTest {
    private static final int RIGHTS = 07777;

    @TempDir Path data;
    private final DirectoryHook hook = new DirectoryHook(new Secrets(true, Optional.of("a test")));
    private AllocationMemory memory;
    private AllocationFolders folders;

    @BeforeEach
    void keep() throws IOException {
        memory = AllocationRunnerTest.memory("id", Optional.empty());
        folders = new AllocationFolders(data, "id");
        Files.createDirectories(folders.state());
    }

    @Test
    void each_folder_has_the_rights_it_needs() throws Exception {
        hook.prepare(memory, folders);

        assertThat(rights())
                .isEqualTo(
                        Map.of(
                                "", "755",
                                "alloc", "1777",
                                "alloc/data", "1777",
                                "alloc/logs", "755",
                                "alloc/tmp", "1777",
                                "t", "1777",
                                "t/local", "755",
                                "t/secrets", "700",
                                "t/tmp", "1777"));
        assertThat(folders.making()).doesNotExist();
    }

    /// What it was making has no place yet, and rights that are no folder's.
    @Test
    void what_a_killed_daemon_was_making_is_made() throws Exception {
        hook.prepare(memory, folders);
        Map<String, String> whole = rights();
        Files.delete(folders.shared().resolve("data"));
        Files.createDirectory(folders.making());

        hook.prepare(memory, folders);

        assertThat(rights()).isEqualTo(whole);
        assertThat(folders.making()).doesNotExist();
    }

    /// A task may change its own.
    @Test
    void rights_that_a_task_has_changed_stay() throws Exception {
        hook.prepare(memory, folders);
        Files.setAttribute(folders.shared().resolve("data"), "unix:mode", 0750);

        hook.prepare(memory, folders);

        assertThat(rights()).containsEntry("alloc/data", "750");
    }

    private Map<String, String> rights() throws IOException {
        Map<String, String> rights = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folders.home())) {
            for (Path path : all.toList()) {
                int mode = (int) Files.getAttribute(path, "unix:mode") & RIGHTS;
                rights.put(folders.home().relativize(path).toString(), Integer.toOctalString(mode));
            }
        }
        return rights;
    }
}
