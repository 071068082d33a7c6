package dev.drover.manifests.bench;

import dev.drover.manifests.tree.Source;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What is read.
final class Texts {

    /// Fifty lines.
    static final String JOB = job(2 * group(0).length());

    private Texts() {}

    /// A job of at least so many characters.
    static String job(int size) {
        StringBuilder text = new StringBuilder("job \"web\" {\n  datacenters = [\"dc1\"]\n");
        int groups = 0;
        do {
            text.append(group(groups++));
        } while (text.length() < size);
        return text.append("}\n").toString();
    }

    /// 23 lines.
    private static String group(int number) {
        return """
          group "group-%d" {
            count = 2
            network {
              port "http" {
                to = 8080
              }
            }
            task "server" {
              driver = "exec"
              config {
                command = "/bin/server"
                args    = ["-port", "${NOMAD_PORT_http}", "-name", "${upper("a")}"]
              }
              env {
                GREETING = "hello ${meta.zone}"
              }
              resources {
                cpu    = 100
                memory = 128
              }
            }
          }
        """
                .formatted(number);
    }

    static String folder() {
        return Optional.ofNullable(System.getenv("CORPUS")).orElse(".");
    }

    /// The job files of [#folder()].
    static List<Source> files() throws IOException {
        List<Source> sources = new ArrayList<>();
        try (Stream<Path> all = Files.walk(Path.of(folder()))) {
            for (Path file : all.filter(Texts::isJob).sorted().toList()) {
                text(file).ifPresent(text -> sources.add(new Source(file.toString(), text)));
            }
        }
        return sources;
    }

    private static boolean isJob(Path file) {
        String name = file.toString();
        return (name.endsWith(".hcl") || name.endsWith(".nomad")) && !name.contains("/target/");
    }

    /// Empty when the file is no text.
    private static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(Files.readString(file));
        } catch (MalformedInputException e) {
            return Optional.empty();
        }
    }
}
