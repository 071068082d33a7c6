package dev.drover.node.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateFileTest {
    @TempDir Path folder;
    private Path path;
    private StateFile<Remembered> file;

    /// Something to remember.
    public record Remembered(String text, long number) {}

    @BeforeEach
    void name() {
        path = folder.resolve("state");
        file = new StateFile<>(path, Remembered.class);
    }

    @Test
    void remembers_what_was_written_last() throws IOException {
        file.write(new Remembered("one\n\"ü\"", 1));
        file.write(new Remembered("two", 2));

        assertThat(file.read()).isEqualTo(new Recall.Known<>(new Remembered("two", 2)));
    }

    @Test
    void nothing_was_written() throws IOException {
        assertThat(file.read()).isEqualTo(new Recall.Nothing<>());
    }

    @Test
    void every_cut_and_every_flipped_bit_is_found() throws IOException {
        file.write(new Remembered("text", 7));
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            assertThat(file.read()).as("cut to %s", length).isInstanceOf(Recall.Corrupt.class);
        }
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 4;
            Files.write(path, flipped);
            assertThat(file.read()).as("flipped at %s", i).isInstanceOf(Recall.Corrupt.class);
        }
    }

    @Test
    void what_is_corrupt_is_moved_aside_and_named() throws IOException {
        Files.writeString(path, "rubbish", StandardCharsets.UTF_8);

        assertThat(file.read())
                .isInstanceOfSatisfying(
                        Recall.Corrupt.class,
                        corrupt -> assertThat(corrupt.movedTo()).hasContent("rubbish"));
        assertThat(file.read()).isEqualTo(new Recall.Nothing<>());
    }

    @Test
    void one_of_a_newer_program_is_named_and_left_alone() throws IOException {
        Files.writeString(path, "drover 2 0123abcd\n{}\n");

        assertThatThrownBy(() -> file.read())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(path + " was written by a newer Drover, in format 2;");
        assertThat(path).hasContent("drover 2 0123abcd\n{}\n");
    }

    @Test
    void a_half_written_new_one_does_not_matter() throws IOException {
        file.write(new Remembered("one", 1));
        Files.writeString(folder.resolve("state.new"), "drover 1 half");

        assertThat(file.read()).isEqualTo(new Recall.Known<>(new Remembered("one", 1)));
    }
}
