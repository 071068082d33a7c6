package dev.drover.node.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FullDiskTest {
    private final IOException full = new IOException("No space left on device");

    @TempDir Path folder;

    @Test
    void a_full_file_system_is_named_with_its_size() {
        assertThat(FullDisk.words(folder, full))
                .matches(
                        "No space left on device: the file system of "
                                + folder
                                + " has \\d+ MiB, \\d+ MiB of them free");
    }

    @Test
    void it_is_named_once_by_whoever_knew_best() {
        IOException named = FullDisk.at(folder, full);

        assertThat(FullDisk.at(Path.of("/"), named)).isSameAs(named);
    }

    @Test
    void what_failed_for_another_reason_says_that() {
        assertThat(FullDisk.words(folder, new IOException("Permission denied")))
                .isEqualTo("Permission denied");
    }

    @Test
    void a_place_that_is_gone_is_named_all_the_same() {
        assertThat(FullDisk.words(folder.resolve("gone"), full))
                .endsWith("the file system of " + folder.resolve("gone"));
    }
}
