package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.controller.cli.Installation.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Templates that read what the cluster keeps, in a whole Drover.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class TemplatesTest {
    @RegisterExtension private static final SharedInstallation DROVER = new SharedInstallation();

    @TempDir static Path folder;

    private static Typed type(String... words) {
        return DROVER.get().type(words);
    }

    private static void keep(String value) throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("variable.yaml"),
                        """
                        apiVersion: drover.dev/v1
                        kind: Variable
                        metadata: {name: nomad/jobs/reads}
                        spec: {items: {word: %s}}
                        """
                                .formatted(value));
        type("apply", "-f", file.toString());
    }

    private static String read() {
        String allocation = DROVER.get().allocations("reads").getFirst();
        return type("fs", "cat", allocation, "t/local/out").out();
    }

    @Test
    void a_variable_and_a_service_are_read_and_read_again_when_they_change() throws IOException {
        keep("first");
        Path file =
                Files.writeString(
                        folder.resolve("reads.hcl"),
                        """
                        job "reads" {
                          group "g" {
                            task "t" {
                              driver = "raw_exec"
                              config {
                                command = "/bin/sleep"
                                args    = ["1000"]
                              }
                              template {
                                destination = "local/out"
                                change_mode = "noop"
                                wait {
                                  min = "0s"
                                  max = "1s"
                                }
                                data = <<-EOT
                                  {{ with nomadVar "nomad/jobs/reads" }}{{ .word }}{{ end }}
                                  {{ range nomadService "later" }}{{ .Address }}:{{ .Port }}{{ end }}
                                  EOT
                              }
                            }
                          }
                        }
                        """);
        assertThat(type("run", file.toString()).code()).isZero();
        assertThat(read().strip()).isEqualTo("first");

        keep("second");
        await().atMost(Installation.PATIENCE).until(() -> read().startsWith("second"));

        Terminal watching = DROVER.get().terminal();
        Thread watch = Thread.ofVirtual().start(() -> watching.type("get", "services", "--watch"));
        type("run", "-detach", later().toString());
        await().atMost(Installation.PATIENCE).until(() -> read().contains("127.0.0.1:7777"));
        type("stop", "-purge", "later");
        await().atMost(Installation.PATIENCE).until(() -> !read().contains("7777"));
        await().atMost(Installation.PATIENCE)
                .until(() ->
                        watching.out().matches("(?s).*later .* passing\\n.*later .* gone\\n.*"));
        watch.interrupt();
        assertThat(type("alloc", "status", DROVER.get().allocations("reads").getFirst()).out())
                .doesNotContain("second");
    }

    /// A job that offers a service.
    private static Path later() throws IOException {
        return Files.writeString(
                folder.resolve("later.hcl"),
                """
                job "later" {
                  group "g" {
                    service {
                      name     = "later"
                      port     = "7777"
                      provider = "nomad"
                    }
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/sleep"
                        args    = ["1000"]
                      }
                    }
                  }
                }
                """);
    }
}
