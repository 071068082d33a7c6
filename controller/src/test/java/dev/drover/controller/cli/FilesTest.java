package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.controller.cli.Installation.Typed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What people see of a task's files and output, typed at a whole Drover.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class FilesTest {
    @RegisterExtension private static final SharedInstallation DROVER = new SharedInstallation();

    private static String allocation = "";

    @TempDir static Path folder;

    @BeforeAll
    static void a_task_that_writes() throws Exception {
        Path file =
                Files.writeString(
                        folder.resolve("writes.hcl"),
                        """
                        job "writes" {
                          type = "batch"
                          group "g" {
                            task "t" {
                              driver = "raw_exec"
                              config {
                                command = "/bin/sh"
                                args    = ["-c", <<-EOT
                                  mkdir local/site
                                  printf '0123456789' > local/site/page
                                  ln -s /etc/passwd local/site/out
                                  seq 10000 > local/numbers
                                  echo "half (done"
                                  while [ ! -e GATE ]; do sleep 0.05; done
                                  printf 'the end' >> local/site/page
                                  EOT
                                ]
                              }
                            }
                          }
                        }
                        """
                                .replace("GATE", folder.resolve("gate").toString()));
        type("run", "-detach", file.toString());
        await().atMost(Installation.PATIENCE)
                .until(() -> {
                    Terminal early = DROVER.get().terminal(); // complains until the task has begun
                    early.type("logs", "writes");
                    return early.out().contains("half (done");
                });
        allocation = DROVER.get().allocations("writes").getFirst();
    }

    private static Typed type(String... words) {
        return DROVER.get().type(words);
    }

    private static String complaint(String... words) {
        Terminal terminal = DROVER.get().terminal();
        assertThat(terminal.type(words)).isEqualTo(1);
        assertThat(terminal.out()).isEmpty();
        return terminal.err();
    }

    @Test
    void a_folder_is_listed_and_what_is_in_it_told_apart() {
        assertThat(type("fs", "ls", allocation, "t/local").out())
                .startsWith("Mode")
                .containsPattern("drwx\\S+ .* site/");
        assertThat(type("fs", "stat", allocation, "t/local/site/page").out())
                .containsPattern("-rw\\S+ +1[07] B .* page");
        assertThat(type("fs", allocation, "t/local/site").out()).containsPattern("lrwx\\S+ .* out");
    }

    @Test
    void a_file_is_printed_whole_or_its_end() {
        assertThat(type("fs", "cat", allocation, "t/local/site/page").out())
                .startsWith("0123456789");
        assertThat(type("fs", allocation, "t/local/site/page").out()).startsWith("0123456789");
        assertThat(type("fs", "tail", "-c", "3", allocation, "alloc/logs/t.stdout.000000").out())
                .isEqualTo("ne\n");
    }

    @Test
    void the_last_lines_of_a_file_are_counted_as_tail_does() {
        assertThat(type("fs", "tail", "-n", "2", allocation, "t/local/numbers").out())
                .isEqualTo("9999\n10000\n");
        assertThat(type("fs", "tail", "--lines=9000", allocation, "t/local/numbers").out())
                .startsWith("1001\n1002\n")
                .endsWith("10000\n");
        assertThat(type("fs", "tail", "-n", "20000", allocation, "t/local/numbers").out())
                .startsWith("1\n2\n")
                .endsWith("10000\n");
        assertThat(complaint("fs", "tail", "--lines", "few", allocation, "t/local/numbers"))
                .contains("--lines few is no number");
    }

    @Test
    void a_copy_holds_the_files_and_leaves_out_what_leads_elsewhere() {
        Path to = folder.resolve("copy");
        Terminal terminal = DROVER.get().terminal();

        int code = terminal.type("fs", "cp", allocation, "t/local/site", to.toString());

        assertThat(code).isZero();
        assertThat(terminal.err()).contains("out is a link, and left out");
        assertThat(to.resolve("out")).doesNotExist();
        assertThat(to.resolve("page")).content().startsWith("0123456789");
        assertThat(complaint("fs", "cp", allocation, "t/local/site", to.toString()))
                .contains("is there already");
    }

    @Test
    void what_leads_outside_or_is_not_there_is_refused_with_the_reason() {
        assertThat(complaint("fs", "cat", allocation, "../../../node")).contains("leads outside");
        assertThat(complaint("fs", "cat", allocation, "t/local/site/out"))
                .contains("leads outside");
        assertThat(complaint("fs", "ls", allocation, "t/secrets")).contains("is secret");
        assertThat(complaint("fs", "stat", allocation, "nothing")).contains("nothing");
        assertThat(complaint("fs", "ls", allocation, "t/local/site/page"))
                .contains("is not a folder: read it instead");
    }

    @Test
    void the_end_of_a_file_is_followed_until_the_allocation_has_ended() throws Exception {
        Terminal terminal = DROVER.get().terminal();
        var followed =
                new FutureTask<>(
                        () -> terminal.type("fs", "tail", "-f", allocation, "t/local/site/page"));
        Thread.ofVirtual().start(followed);
        await().atMost(Installation.PATIENCE).until(() -> terminal.out().equals("0123456789"));

        Files.createFile(folder.resolve("gate"));

        assertThat(followed.get()).isZero();
        assertThat(terminal.out()).isEqualTo("0123456789the end");
    }

    @Test
    void what_a_task_uses_is_there_for_monitoring() throws Exception {
        type("run", "../examples/hello/hello.hcl");

        assertThat(DROVER.get().page("/metrics/tasks"))
                .contains("drover_task_metrics_silent_nodes 0\n")
                .containsPattern(
                        "drover_task_memory_bytes\\{namespace=\"default\",job=\"hello\","
                                + "allocation=\"[0-9a-f-]+\",task=\"greeter\",node=\".+\"} [1-9]")
                .endsWith("# EOF\n");
        type("stop", "-purge", "hello");
    }

    @Test
    void a_job_stands_for_its_only_allocation_unless_that_would_end() {
        assertThat(type("fs", "cat", "writes", "t/local/site/page").out()).startsWith("0123456789");
        assertThat(type("alloc", "status", "writes").out()).contains(allocation.substring(0, 8));
        assertThat(complaint("alloc", "stop", "writes"))
                .contains("\"writes\" is a job", "`drover status writes` lists them");
    }

    @Test
    void what_nobody_reads_any_more_ends() {
        type("run", "../examples/hello/hello.hcl");

        for (String whose : List.of("writes", "hello", allocation)) {
            Typed ended = DROVER.get().unread("logs", "-f", whose);
            assertThat(ended.code()).isEqualTo(141);
            assertThat(ended.out()).isEmpty();
        }
        type("stop", "-purge", "hello");
    }

    @Test
    void a_pattern_that_is_none_is_refused_once() {
        assertThat(complaint("logs", "--grep", "(", "writes"))
                .containsOnlyOnce("--grep ( is no pattern")
                .contains("missing closing )");
        assertThat(type("logs", "--grep", "\\(d", "writes").out()).endsWith("| half (done\n");
    }
}
