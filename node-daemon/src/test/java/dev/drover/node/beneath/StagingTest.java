package dev.drover.node.beneath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagingTest {

    @TempDir Path folder;

    @Test
    void files_are_put_in_place_and_folders_joined() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home/local"));
        Files.writeString(home.resolve("old"), "old");
        Files.writeString(home.resolve("both"), "old");

        put("local/both", "new");
        put("local/deep/er", "new");

        assertThat(home.resolve("old")).hasContent("old");
        assertThat(home.resolve("both")).hasContent("new");
        assertThat(home.resolve("deep/er")).hasContent("new");
        try (var left = Files.list(folder.resolve("home"))) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactly("local");
        }
    }

    @Test
    void a_link_on_the_way_is_not_followed() throws IOException {
        Path outside = Files.createDirectories(folder.resolve("outside"));
        Files.createDirectories(folder.resolve("home"));
        Files.createSymbolicLink(folder.resolve("home/local"), outside);

        assertThatThrownBy(() -> put("local/x", "secret"))
                .hasMessageContaining("is a symbolic link, and a folder was to be put there");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void a_link_at_the_place_is_replaced_and_what_it_points_to_stays() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "untouched");
        Files.createDirectories(folder.resolve("home/local"));
        Files.createSymbolicLink(folder.resolve("home/local/x"), victim);

        put("local/x", "new");

        assertThat(victim).hasContent("untouched");
        assertThat(folder.resolve("home/local/x")).hasContent("new").isRegularFile();
        assertThat(Files.isSymbolicLink(folder.resolve("home/local/x"))).isFalse();
    }

    @Test
    void what_a_killed_daemon_left_is_cleared() throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.writeString(
                Files.createDirectories(home.resolve(".staging-123/tree")).resolve("half"), "half");

        try (Staging staging = Staging.within(home)) {
            assertThat(home.resolve(".staging-123")).doesNotExist();
            assertThat(staging.folder()).isEmptyDirectory();
        }
    }

    private void put(String path, String text) throws IOException {
        try (Staging staging = Staging.within(folder.resolve("home"))) {
            Path file = staging.folder().resolve("tree").resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            staging.moveIn("tree");
        }
    }
}
