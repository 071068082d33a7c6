package dev.drover.node.os;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A task owns its folder and tries to make us read what is outside of it.
final class BeneathTest {
    private static final String CANARY = "canary";

    @TempDir Path top;
    private Path root;

    @BeforeEach
    void prepare() throws IOException {
        root = Files.createDirectories(top.resolve("root"));
        Files.writeString(top.resolve("outside"), CANARY);
        Files.createDirectories(root.resolve("a/b"));
        Files.writeString(root.resolve("a/b/file"), "inside");
    }

    private String read(String path) throws IOException {
        try (Beneath opened = Beneath.open(root, path);
                var channel = opened.read()) {
            return new String(
                    Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void reads_what_is_inside() throws IOException {
        assertThat(read("a/b/file")).isEqualTo("inside");
        assertThat(read("/a/./b/../b/file")).isEqualTo("inside");
    }

    @Test
    void lists_a_folder() throws IOException {
        try (Beneath folder = Beneath.open(root, "a")) {
            assertThat(folder.names()).containsExactly("b");
            assertThat(folder.entry("b").isDirectory()).isTrue();
        }
    }

    @Test
    void links_that_stay_inside_are_followed() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), Path.of("a/b/file"));

        assertThat(read("link")).isEqualTo("inside");
    }

    @Test
    void nothing_leads_outside() throws IOException {
        Files.createSymbolicLink(root.resolve("absolute"), top.resolve("outside"));
        Files.createSymbolicLink(root.resolve("relative"), Path.of("../outside"));
        Files.createSymbolicLink(root.resolve("a/folder"), Path.of("../.."));
        Files.createSymbolicLink(root.resolve("proc"), Path.of("/proc/self/root"));

        for (String path :
                new String[] {
                    "../outside",
                    "a/../../outside",
                    "absolute",
                    "relative",
                    "a/folder/outside",
                    "proc/etc/passwd"
                }) {
            assertThatThrownBy(() -> read(path)).as(path).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_chain_of_links_ends() throws IOException {
        Files.createSymbolicLink(root.resolve("link0"), Path.of("a/b/file"));
        for (int i = 1; i <= 60; i++) {
            Files.createSymbolicLink(root.resolve("link" + i), Path.of("link" + (i - 1)));
        }

        assertThatThrownBy(() -> read("link60")).isInstanceOf(IOException.class);
    }

    @Test
    void a_pipe_is_refused_and_not_waited_for() throws IOException {
        Fifo.create(root.resolve("pipe"));

        assertThatThrownBy(() -> read("pipe")).hasMessage("not a plain file");
    }

    /// The class of hole that comes back every year: the name is checked, then used, and swapped in
    /// between.
    @Test
    void swapping_a_folder_for_a_link_gets_nothing_out() throws Exception {
        Path outsideFolder = Files.createDirectories(top.resolve("b"));
        Files.writeString(outsideFolder.resolve("file"), CANARY);
        Path swapped = root.resolve("a/b");
        Path aside = root.resolve("a/aside");
        Path link = root.resolve("a/link");
        Thread swapper =
                Thread.ofPlatform()
                        .start(() -> {
                            while (!Thread.currentThread().isInterrupted()) {
                                swap(swapped, aside, link, outsideFolder);
                            }
                        });
        int inside = 0;
        for (int i = 0; i < 100_000; i++) {
            try {
                assertThat(read("a/b/file")).isEqualTo("inside");
                inside++;
            } catch (IOException refused) {
                assertThat(refused).hasMessageNotContaining(CANARY);
            }
        }
        swapper.interrupt();
        swapper.join();
        assertThat(inside).isPositive();
    }

    @Test
    void an_old_kernel_follows_no_link_at_all() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), Path.of("a/b/file"));
        Files.createSymbolicLink(root.resolve("folder"), Path.of("a"));

        try (Beneath opened = Beneath.walk(root, "/a/./b/file");
                var channel = opened.read()) {
            assertThat(Channels.newInputStream(channel).readAllBytes())
                    .asString()
                    .isEqualTo("inside");
        }
        for (String path : List.of("link", "folder/b/file", "a/../../outside", "a/b/none")) {
            assertThatThrownBy(() -> Beneath.walk(root, path)).isInstanceOf(IOException.class);
        }
    }

    private static void swap(Path place, Path aside, Path link, Path outside) {
        try {
            Files.createSymbolicLink(link, outside);
            Files.move(place, aside, StandardCopyOption.ATOMIC_MOVE);
            Files.move(link, place, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(place);
            Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
