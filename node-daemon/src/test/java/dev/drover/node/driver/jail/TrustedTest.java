package dev.drover.node.driver.jail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.node.jail.Busybox;
import dev.drover.node.jail.JailPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The programs that a node runs as root because its operators have named them.
final class TrustedTest {
    @TempDir Path temp;
    private Path program;

    @BeforeEach
    void make() throws Exception {
        Busybox.assumeJails(); // root, who alone can give files away
        program = Files.createFile(Files.createDirectories(temp.resolve("bin")).resolve("runc"));
        Files.setAttribute(program, "unix:mode", 0755);
    }

    private static Optional<String> refuses(Path path) throws IOException {
        return Trusted.refuses(path);
    }

    @Test
    void one_that_only_root_can_replace_is_run() throws IOException {
        assertThat(refuses(program)).isEmpty();
        assertThat(refuses(Files.createSymbolicLink(temp.resolve("link"), program))).isEmpty();
        assertThat(refuses(Path.of("/bin/sh"))).isEmpty();
    }

    @Test
    void a_path_that_is_relative_or_climbs_is_refused() throws IOException {
        assertThat(refuses(Path.of("../x"))).isPresent();
        assertThat(refuses(Path.of("x"))).isPresent();
        assertThat(refuses(temp.resolve("bin/../bin/runc"))).isPresent();
        assertThat(refuses(temp.resolve("none")).orElseThrow()).endsWith("is not there");
    }

    @Test
    void one_that_others_could_replace_is_refused_with_what_lets_them() throws IOException {
        Files.setAttribute(program, "unix:mode", 0775);
        assertThat(refuses(program).orElseThrow())
                .contains(program + " can be written to by others");
        Files.setAttribute(program, "unix:mode", 0755);
        Files.setAttribute(program, "unix:uid", 1000);
        assertThat(refuses(program).orElseThrow()).contains(program + " is not root's");
        Files.setAttribute(program, "unix:uid", 0);
        Files.setAttribute(temp.resolve("bin"), "unix:mode", 0777);
        assertThat(refuses(program).orElseThrow())
                .contains(temp.resolve("bin") + " can be written to by others");
    }

    @Test
    void a_link_that_others_could_turn_is_refused() throws IOException {
        Path open = Files.createDirectories(temp.resolve("open"));
        Files.setAttribute(open, "unix:mode", 0777);

        assertThat(refuses(Files.createSymbolicLink(open.resolve("runc"), program)).orElseThrow())
                .contains(open + " can be written to by others");
    }

    @Test
    void a_node_runs_no_runtime_that_others_could_replace() throws IOException {
        Files.setAttribute(program, "unix:mode", 0777);
        try (JailedRuns runs = new JailedRuns(temp)) {
            Jails jails = runs.jails(JailPolicy.CLOSED, Optional.of(program.toString()));

            assertThat(JailDriver.jail("jail", jails).fingerprint().because())
                    .contains("can be written to by others");
        }
    }
}
