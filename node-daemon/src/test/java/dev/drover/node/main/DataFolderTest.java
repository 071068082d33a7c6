package dev.drover.node.main;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir Path folder;

    @Test
    void a_file_in_its_place_or_above_it_is_told_with_what_to_do() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatThrownBy(() -> DataFolder.open(file))
                .hasMessage(
                        "the data folder %s cannot be used: it is a file. Name another one with"
                                + " --data-dir",
                        file);
        assertThatThrownBy(() -> DataFolder.open(file.resolve("sub")))
                .hasMessageContaining("Not a directory. Name another one with --data-dir");
    }
}
