package dev.drover.node.os;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class MappedFilesTest {
    /// A page, of the larger of the usual sizes.
    private static final long PAGE_KIB_MAX = 16;

    @TempDir Path folder;

    private static String mapping(String range, String rights, String anonymous, String name) {
        return """
        %s %s 00000000 fe:00 81 %s
        Size:                128 kB
        Rss:                 124 kB
        Anonymous:             %s kB
        VmFlags: rd ex mr mw me sd\
        """
                .formatted(range, rights, name, anonymous);
    }

    @Test
    void only_what_is_as_its_file_has_it_can_come_back() {
        List<String> lines =
                String.join(
                                "\n",
                                mapping("1000-3000", "r-xp", "0", "/usr/lib/libjvm.so"),
                                mapping("3000-4000", "r--p", "8", "/usr/lib/libjvm.so"),
                                mapping("4000-5000", "rw-p", "0", "/usr/lib/node.aot"),
                                mapping("5000-6000", "r--p", "0", ""),
                                mapping("6000-7000", "r--p", "0", "[vvar]"),
                                mapping("7f0000001000-7f0000002000", "r--s", "0", "/a b/modules"))
                        .lines()
                        .toList();

        assertThat(MappedFiles.unchanged(lines))
                .containsExactly(
                        new MappedFiles.Mapping(0x1000, 0x2000),
                        new MappedFiles.Mapping(0x7f0000001000L, 0x1000));
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void what_was_released_is_there_when_it_is_needed() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[1 << 20]);
        try (FileChannel channel = FileChannel.open(file);
                MappedFiles files = MappedFiles.open().orElseThrow()) {
            var mapped = channel.map(MapMode.READ_ONLY, 0, channel.size()).load();
            long before = residentKib(file);

            files.release();

            assertThat(residentKib(file)).isLessThan(before);
            assertThat(mapped.get(1 << 19)).isZero();
            assertThat(residentKib(file)).isPositive();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void of_what_was_released_only_the_page_that_is_touched_comes_back() throws IOException {
        try (PageByPage kernel = PageByPage.open()) {
            assumeTrue(kernel.works(), "this kernel maps whole neighbourhoods");
        }
        Path file = Files.write(folder.resolve("file"), new byte[1 << 20]);
        // The kernel asks who might be allowed to write, as whoever maps a file for itself may.
        try (FileChannel channel = FileChannel.open(file, READ, WRITE);
                MappedFiles files = MappedFiles.open().orElseThrow()) {
            var mapped = channel.map(MapMode.READ_ONLY, 0, channel.size()).load();
            files.release();

            assertThat(mapped.get(1 << 19)).isZero();

            assertThat(residentKib(file)).isLessThanOrEqualTo(PAGE_KIB_MAX);
        }
    }

    private static long residentKib(Path file) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/self/smaps"));
        int at = 0;
        while (!lines.get(at).endsWith(" " + file)) {
            at++;
        }
        String resident =
                lines.subList(at, lines.size()).stream()
                        .filter(line -> line.startsWith("Rss:"))
                        .findFirst()
                        .orElseThrow();
        return Long.parseLong(resident.replaceAll("[^0-9]", ""));
    }
}
