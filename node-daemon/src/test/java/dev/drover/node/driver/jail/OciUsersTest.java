package dev.drover.node.driver.jail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.node.jail.OciConfig.Ids;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OciUsersTest {
    @TempDir Path root;

    @BeforeEach
    void two_files() throws IOException {
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/passwd"), "www:x:33:34::/:/bin/sh\n");
        Files.writeString(root.resolve("etc/group"), "games:x:60:\nmore:x:61:www\n");
    }

    @Test
    void a_user_has_its_groups() throws IOException {
        assertThat(OciUsers.find(root, "www")).isEqualTo(new Ids(33, 34, List.of(61)));
        assertThat(OciUsers.find(root, "33")).isEqualTo(new Ids(33, 34, List.of(61)));
        assertThat(OciUsers.find(root, "1000")).isEqualTo(new Ids(1000, 1000, List.of()));
    }

    @Test
    void a_group_that_is_said_counts_alone() throws IOException {
        assertThat(OciUsers.find(root, "www:games")).isEqualTo(new Ids(33, 60, List.of()));
        assertThat(OciUsers.find(root, "1000:2000")).isEqualTo(new Ids(1000, 2000, List.of()));
    }

    @Test
    void nobody_is_made_up() {
        assertThatThrownBy(() -> OciUsers.find(root, "www:none"))
                .hasMessage("none is not in the jail's /etc/group");
        assertThatThrownBy(() -> OciUsers.find(root, "none:games"))
                .hasMessage("none is not in the jail's /etc/passwd");
    }
}
