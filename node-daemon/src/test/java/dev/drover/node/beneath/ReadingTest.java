package dev.drover.node.beneath;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadingTest {

    @TempDir Path folder;

    @Test
    void reads_a_file_beneath_the_root() throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve("local")).resolve("a"), "text");

        assertThat(read("local/a")).isEqualTo(new Reading.Found("text"));
        assertThat(read("local/b")).isEqualTo(new Reading.Missing());
        assertThat(read("nowhere/b")).isEqualTo(new Reading.Missing());
    }

    @Test
    void follows_no_link() throws IOException {
        Files.createDirectories(folder.resolve("local"));
        Files.createSymbolicLink(folder.resolve("local/shadow"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(folder.resolve("etc"), Path.of("/etc"));

        assertThat(read("local/shadow")).isEqualTo(new Reading.Refused("it is a link"));
        assertThat(read("etc/passwd"))
                .isEqualTo(new Reading.Refused("a part of the path is a link"));
    }

    @Test
    void reads_only_small_text() throws IOException {
        Files.write(folder.resolve("binary"), new byte[] {(byte) 0xFF, (byte) 0xFE});
        Files.writeString(folder.resolve("large"), "x".repeat(1001));

        assertThat(read("binary")).isEqualTo(new Reading.Refused("it is not UTF-8 text"));
        assertThat(read("large")).isEqualTo(new Reading.Refused("it is larger than 1000 bytes"));
        assertThat(read(".")).isInstanceOf(Reading.Refused.class);
    }

    private Reading read(String path) throws IOException {
        return Reading.of(new Destination.Beneath(folder, Path.of(path)), 1000);
    }
}
