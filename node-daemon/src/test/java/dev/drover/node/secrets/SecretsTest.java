package dev.drover.node.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.node.os.Mounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SecretsTest {
    private static final Secrets ON_DISK = new Secrets(true, Optional.of("not permitted"));

    @TempDir Path folder;
    private Path home;
    private Path secrets;

    @BeforeEach
    void folders() throws IOException {
        home = Files.createDirectory(folder.resolve("a1"));
        secrets = Files.createDirectory(home.resolve("web")).resolve("secrets");
    }

    @AfterEach
    void takeAway() throws IOException {
        Secrets.removeAll(home);
    }

    private Secrets inMemory() throws IOException {
        Secrets found = Secrets.look(folder);
        Assumptions.assumeTrue(found.because().isEmpty(), () -> found.because().orElseThrow());
        return found;
    }

    private String mount() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mountinfo")).stream()
                .filter(line -> line.contains(secrets.toString()))
                .findFirst()
                .orElse("nothing");
    }

    private static String mode(Path path) throws IOException {
        return "%o".formatted((int) Files.getAttribute(path, "unix:mode") & 07777);
    }

    @Test
    void they_are_in_memory_and_nothing_in_them_can_be_run() throws Exception {
        inMemory().open(secrets, 3);

        assertThat(mount())
                .contains("nosuid", "nodev", "noexec", " - tmpfs ", "size=3072k", "nr_inodes=3072");
        assertThat(mode(secrets)).isEqualTo("700");
        Path program = Files.writeString(secrets.resolve("program"), "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        assertThatThrownBy(() -> new ProcessBuilder(program.toString()).start())
                .hasMessageContaining("Permission denied");
    }

    @Test
    void they_end_at_their_bound() throws Exception {
        inMemory().open(secrets, 1);

        Files.write(secrets.resolve("fits"), new byte[1 << 19]);

        assertThatThrownBy(() -> Files.write(secrets.resolve("more"), new byte[1 << 20]))
                .hasMessageContaining("No space left");
    }

    @Test
    void what_is_there_already_stays() throws Exception {
        Secrets node = inMemory();
        node.open(secrets, 1);
        Files.writeString(secrets.resolve("key"), "k");

        node.open(secrets, 1);

        assertThat(secrets.resolve("key")).hasContent("k");
    }

    @Test
    void what_a_task_has_on_the_disk_stays_in_its_sight() throws Exception {
        Secrets node = inMemory();
        ON_DISK.open(secrets, 1);
        Files.writeString(secrets.resolve("key"), "k");

        node.open(secrets, 1);

        assertThat(secrets.resolve("key")).hasContent("k");
        assertThat(Mounts.on(secrets)).isFalse();
    }

    @Test
    void nothing_is_mounted_where_a_link_leads() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Files.createSymbolicLink(secrets, elsewhere);

        assertThatThrownBy(() -> inMemory().open(secrets, 1)).isInstanceOf(IOException.class);
        assertThat(Mounts.on(elsewhere)).isFalse();
    }

    @Test
    void with_their_mount_they_are_gone() throws Exception {
        inMemory().open(secrets, 1);
        Files.writeString(secrets.resolve("key"), "k");

        Secrets.removeAll(home);
        Secrets.removeAll(home);

        assertThat(mount()).isEqualTo("nothing");
        assertThat(secrets).isEmptyDirectory();
    }

    @Test
    void where_the_daemon_may_not_mount_they_are_a_folder_and_the_node_says_so() throws Exception {
        ON_DISK.open(secrets, 1);

        assertThat(mode(secrets)).isEqualTo("700");
        assertThat(Mounts.on(secrets)).isFalse();
        assertThat(ON_DISK.attributes())
                .containsEntry("secrets", "disk")
                .containsEntry("secrets.because", "not permitted");
    }

    @Test
    void to_look_leaves_nothing() throws Exception {
        var _ = Secrets.look(folder);

        assertThat(folder).isDirectoryNotContaining("glob:**/probe*");
    }
}
