package dev.drover.controller.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drover.manifests.hcl.function.Files.Refused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderFilesTest {
    private static final int MORE_THAN_ALLOWED = 4_000_001;

    @TempDir Path root;

    private FolderFiles files = new FolderFiles(Path.of(""), List.of());

    @BeforeEach
    void a_folder_with_a_neighbour() throws IOException {
        Files.createDirectories(root.resolve("job/sub/deep"));
        Files.writeString(root.resolve("job/a.conf"), "of the job");
        Files.writeString(root.resolve("job/sub/b.conf"), "below");
        Files.writeString(root.resolve("job/sub/deep/c.conf"), "deep");
        Files.createDirectories(root.resolve("other"));
        Files.writeString(root.resolve("other/secret"), "not the job's");
        Files.createSymbolicLink(root.resolve("job/out"), root.resolve("other/secret"));
        Files.createSymbolicLink(root.resolve("job/away"), Path.of("../other"));
        Files.createSymbolicLink(root.resolve("job/within"), Path.of("sub/b.conf"));
        Files.createSymbolicLink(root.resolve("job/broken"), Path.of("nowhere"));
        files = new FolderFiles(root.resolve("job"), List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.conf", "./a.conf", "sub/../a.conf", "//a.conf"})
    void a_file_of_the_folder_is_read(String path) throws Refused {
        String written = path.startsWith("//") ? root + "/job/a.conf" : path;

        assertThat(files.read(written)).asString(UTF_8).isEqualTo("of the job");
        assertThat(files.exists(written)).isTrue();
    }

    @Test
    void a_link_that_stays_within_the_folder_is_followed() throws Refused {
        assertThat(files.read("within")).asString(UTF_8).isEqualTo("below");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../other/secret",
                "sub/../../other/secret",
                "/etc/passwd",
                "out",
                "away/secret",
                "away/nothing",
                "../nothing",
                "away/../../other/secret"
            })
    void what_lies_elsewhere_is_refused_whether_it_is_there_or_not(String path) {
        assertThatThrownBy(() -> files.read(path))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("is not beneath")
                .hasMessageContaining("--allow-path");
        assertThatThrownBy(() -> files.exists(path)).hasMessageContaining("is not beneath");
    }

    @Test
    void an_allowed_folder_may_be_read_by_path_and_through_links() throws Refused {
        files = new FolderFiles(root.resolve("job"), List.of(root.resolve("other")));

        assertThat(files.read("../other/secret")).asString(UTF_8).isEqualTo("not the job's");
        assertThat(files.read("out")).asString(UTF_8).isEqualTo("not the job's");
        assertThatThrownBy(() -> files.read("/etc/passwd")).hasMessageContaining("is not beneath");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing", "sub/nothing", "broken"})
    void a_file_that_is_not_there_is_told_as_such(String path) throws Refused {
        assertThatThrownBy(() -> files.read(path)).hasMessageContaining("there is no file");
        assertThat(files.exists(path)).isFalse();
    }

    @Test
    void a_folder_is_no_file() {
        assertThatThrownBy(() -> files.read("sub")).hasMessageContaining("is no file");
        assertThatThrownBy(() -> files.exists("sub")).hasMessageContaining("is no file");
    }

    @Test
    void a_pipe_is_no_file_and_nobody_waits_for_it() throws Exception {
        Path pipe = root.resolve("job/pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

        assertThatThrownBy(() -> files.read("pipe")).hasMessageContaining("is no file");
    }

    @Test
    void a_device_is_no_file_even_where_it_may_be_read() {
        files = new FolderFiles(root.resolve("job"), List.of(Path.of("/dev")));

        assertThatThrownBy(() -> files.read("/dev/zero")).hasMessageContaining("is no file");
    }

    @Test
    void a_file_beyond_the_bound_is_refused() throws IOException {
        Files.write(root.resolve("job/large"), new byte[MORE_THAN_ALLOWED]);

        assertThatThrownBy(() -> files.read("large")).hasMessageContaining("more than 4000000");
    }

    @Test
    void a_pattern_finds_files_of_the_folder_only() throws Refused {
        assertThat(files.matching(".", "*.conf")).containsExactly("a.conf");
        assertThat(files.matching(".", "**/*.conf"))
                .containsExactly("a.conf", "sub/b.conf", "sub/deep/c.conf");
        assertThat(files.matching("sub", "{b,c}.conf")).containsExactly("b.conf");
        assertThat(files.matching("nothing", "*")).isEmpty();
        assertThatThrownBy(() -> files.matching("away", "*"))
                .hasMessageContaining("is not beneath");
        assertThatThrownBy(() -> files.matching(".", "{")).hasMessageContaining("is no pattern");
    }

    @Test
    void a_path_with_a_zero_byte_is_no_path() {
        assertThatThrownBy(() -> files.read("a\0b")).hasMessageContaining("is no path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"validate", "convert"})
    void a_manifest_reads_the_files_beside_it(String command) throws IOException {
        Path job = Files.writeString(root.resolve("job/web.hcl"), job("a.conf"));
        Terminal terminal = Terminal.plain();

        assertThat(terminal.type(command, job.toString())).isZero();

        assertThat(command.equals("convert") ? terminal.out() : "of the job")
                .contains("of the job");
    }

    @Test
    void a_manifest_reads_elsewhere_only_with_allow_path() throws IOException {
        Path job = Files.writeString(root.resolve("job/web.hcl"), job("../other/secret"));
        Terminal refused = Terminal.plain();
        Terminal allowed = Terminal.plain();

        assertThat(refused.type("validate", job.toString())).isEqualTo(1);
        assertThat(allowed.type("validate", "--allow-path", root + "/other", job.toString()))
                .isZero();

        assertThat(refused.err()).contains("web.hcl:6:23").contains("is not beneath");
    }

    @Test
    void a_manifest_without_an_end_is_refused() {
        Terminal terminal = Terminal.plain();

        assertThat(terminal.type("validate", "/dev/zero")).isEqualTo(1);

        assertThat(terminal.err()).contains("/dev/zero has more than 10000000 bytes");
    }

    private static String job(String file) {
        return """
        job "web" {
          group "web" {
            task "web" {
              driver = "raw_exec"
              template {
                data        = file("%s")
                destination = "local/a.conf"
              }
              config {
                command = "/bin/true"
              }
            }
          }
        }
        """
                .formatted(file);
    }
}
