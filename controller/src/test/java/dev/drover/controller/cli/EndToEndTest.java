package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.controller.cli.Installation.Typed;
import dev.drover.controller.sync.GitRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Commands against a whole Drover, with real processes: what somebody sees who follows the README.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class EndToEndTest {
    private static final String BROKEN =
            """
            job "broken" {
              group "g" {
                cuont = 2
                task "t" {
                  driver = "raw_exec"
                  config { comand = "/bin/true" }
                }
              }
            }
            """;
    private static final String HELLO = "../examples/hello/hello.hcl";

    @RegisterExtension private static final SharedInstallation DROVER = new SharedInstallation();

    @TempDir Path folder;

    @Test
    void a_service_runs_is_seen_and_stops() {
        Typed run = type("run", HELLO);

        assertThat(run.code()).isZero();
        assertThat(run.out())
                .contains("Evaluation triggered by job \"hello\"")
                .contains("group \"greeters\"")
                .contains("\"pending\" -> \"running\"")
                .endsWith("Job \"hello\" is running\n");
        assertThat(type("run", HELLO).out())
                .isEqualTo("Job \"hello\" is unchanged (version 0): running\n");
        String allocation = firstAllocation("hello");
        assertThat(type("alloc", "status", allocation).out())
                .contains("Client Status       = running")
                .contains("Task \"greeter\" is \"running\"");
        await().atMost(Installation.PATIENCE)
                .until(() -> type("logs", allocation).out().contains("hello from hello.greeters["));
        assertThat(type("fs", allocation).out()).contains("alloc/").contains("greeter/");
        assertThat(type("stop", "-purge", "hello").out())
                .contains("Job \"hello\" is stopped")
                .endsWith("Job \"hello\" is purged\n");
    }

    @Test
    void what_is_deleted_goes_with_what_lives_by_it() throws IOException {
        Path file = job("doomed", "memory = 32", "restart {\n attempts = 0\n mode = \"fail\"\n}");
        type("run", file.toString());

        assertThat(type("delete", "-f", file.toString()).out()).startsWith("job \"doomed\" ");

        await().atMost(Installation.PATIENCE)
                .until(() -> !type("get", "jobs").out().contains("doomed"));
        assertThat(type("get", "allocs").out()).doesNotContain("doomed");
    }

    @Test
    void a_stopped_allocation_is_replaced_by_another_and_forgotten() throws IOException {
        String hello = Files.readString(Path.of(HELLO)).replace("\"hello\"", "\"goes-on\"");
        type("run", Files.writeString(folder.resolve("goes-on.hcl"), hello).toString());
        String stopped = firstAllocation("goes-on");

        Typed stop = type("alloc", "stop", stopped);

        assertThat(stop.code()).isZero();
        assertThat(stop.out())
                .contains("another takes its place")
                .endsWith("Allocation \"" + stopped + "\" has stopped\n");
        await().atMost(Installation.PATIENCE)
                .until(() -> !type("get", "allocs").out().contains(stopped));
        assertThat(type("status", "goes-on").out()).doesNotContain(stopped);
        assertThat(firstAllocation("goes-on")).isNotEqualTo(stopped);
        type("stop", "goes-on");
    }

    @Test
    void a_batch_job_is_followed_to_its_end_and_its_output_stays() {
        Typed run = type("run", "../examples/batch/sums.hcl");

        assertThat(run.code()).isZero();
        assertThat(run.out()).endsWith("Job \"sums\" is complete\n");
        String allocation = firstAllocation("sums");
        assertThat(type("logs", allocation).out()).containsPattern("^[0-9]+\n$");
        assertThat(type("logs", "-f", "sums").out())
                .contains(allocation + " ")
                .containsPattern("(?m)^[0-9a-f]{8} [a-z-]+ \\| [0-9]+$");
    }

    @Test
    void what_has_no_place_says_why_in_every_view() throws IOException {
        Path file = job("big", "memory = 9000000", "");

        Typed run = type("run", file.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).contains("memory exhausted").contains("waits for room");
        assertThat(type("status").out()).containsPattern("big .* pending .* memory exhausted");
        assertThat(type("status", "big").out()).contains("Placement Failure");
    }

    @Test
    void a_task_that_fails_ends_run_with_its_reason() throws IOException {
        Path file = job("fails", "memory = 32", "restart {\n attempts = 0\n mode = \"fail\"\n}");

        Typed run = type("run", file.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out())
                .contains("-> \"failed\"")
                .contains("Job \"fails\" failed: allocation");
        assertThat(type("logs", "-stderr", firstAllocation("fails")).out()).isEqualTo("oops\n");
    }

    @Test
    void diff_says_what_a_file_would_change_and_what_does_not_run() throws IOException {
        Path file = job("differs", "memory = 9000000", "");

        Typed before = type("diff", file.toString());
        type("run", file.toString());
        Typed after = type("diff", file.toString());

        assertThat(before.code()).isEqualTo(2);
        assertThat(before.out()).contains("+ job/differs is not stored yet");
        assertThat(after.code()).isEqualTo(2);
        assertThat(after.out())
                .isEqualTo(
                        """
                        Files against what is stored
                          no difference

                        What is stored against what runs
                          - job/differs group "g": 1 missing
                        """);
    }

    @Test
    void diff_shows_every_field_and_no_secret() throws IOException {
        String variable =
                """
                apiVersion: drover.dev/v1
                kind: Variable
                metadata: {name: db, labels: {tier: %s}}
                spec: {items: {password: %s, user: app}}
                """;
        Path file = folder.resolve("db.yaml");
        type("apply", Files.writeString(file, variable.formatted("one", "p1")).toString());
        Path job = job("fields", "memory = 9000000", "");
        type("run", job.toString());
        Files.writeString(file, variable.formatted("two", "p2"));
        String hcl = Files.readString(job);
        Files.writeString(job, hcl.replace("exit 3", "exit 4").replace("9000000", "9000001"));

        Typed diff = type("diff", file.toString(), job.toString());

        assertThat(diff.code()).isEqualTo(2);
        assertThat(diff.out())
                .isEqualTo(
                        """
                        Files against what is stored
                          ~ variable/db
                            ~ labels
                              ~ tier: "one" → "two"
                            ~ password: <hidden> → <hidden> (other)
                          ~ job/fields
                            ~ group "g"
                              ~ task "t"
                                ~ config
                                  ~ args: ["-c", "echo oops >&2; exit 3"] → ["-c", "echo oops >&2; exit 4"]  (replace)
                                ~ resources
                                  ~ memoryMib: 9000000 → 9000001  (replace)

                        What is stored against what runs
                          - job/fields group "g": 1 missing
                        """);
    }

    @Test
    void a_repository_is_followed_and_its_status_names_file_and_line() throws IOException {
        var remote = new GitRepository(folder);
        String good =
                """
                job "from-git" {
                  type = "batch"
                  group "g" {
                    task "t" {
                      driver = "raw_exec"
                      config { command = "/bin/true" }
                    }
                  }
                }
                """;
        remote.push(
                Map.of(
                        "jobs/good.hcl",
                        good,
                        "jobs/broken.hcl",
                        BROKEN,
                        "jobs/typo.hcl",
                        good.replace("command", "comand").replace("from-git", "typo")));
        Path source = folder.resolve("source.yaml");
        Files.writeString(
                source,
                """
                apiVersion: drover.dev/v1
                kind: GitSource
                metadata: {name: repo}
                spec: {url: "%s", ref: main, path: jobs, policy: apply, interval: 1h}
                """
                        .formatted(remote.url()));

        type("apply", "-f", source.toString());
        await().atMost(Installation.PATIENCE)
                .until(() -> type("sync", "status").out().contains("1 applied"));
        Typed all = type("sync", "status");
        Typed one = type("sync", "status", "repo");
        type("stop", "-purge", "from-git");

        String transcript =
                "$ drover sync status\n" + all.out() + "\n$ drover sync status repo\n" + one.out();
        TranscriptTest.compare(
                "sync",
                transcript
                        .replace(remote.url(), "file:///srv/cluster.git")
                        .replaceAll("(?m)^((Fetched|Tried) += ).*$", "$1just now")
                        .replaceAll(
                                "(repo +apply +[0-9a-f]{8}) +.*?( +1 applied)", "$1  just now$2"));
    }

    @Test
    void plan_says_what_a_file_would_do_and_does_nothing() throws IOException {
        Path first = job("planned", "memory = 32", "");

        Typed fresh = type("plan", first.toString());
        type("run", "-detach", first.toString());
        await().atMost(Installation.PATIENCE)
                .until(() -> type("plan", first.toString()).code() == 0);
        Typed changed = type("plan", job("planned", "memory = 33", "").toString());
        Typed large = type("plan", job("planned", "memory = 9000000", "").toString());

        assertThat(fresh.code()).isEqualTo(2);
        assertThat(fresh.out()).contains("job/planned would be created").contains("1 create");
        assertThat(changed.code()).isEqualTo(2);
        assertThat(changed.out())
                .contains("memoryMib: 32 → 33  (replace)")
                .contains("group g: 1 replace");
        assertThat(large.out())
                .contains(
                        "group g: 1 replacement would wait for a place\n    * memory exhausted: ");
        assertThat(type("job", "history", "planned").out()).doesNotContain("\n1 ");
    }

    @Test
    void several_jobs_of_a_file_are_checked_planned_and_run() throws IOException {
        String job =
                """
                job "%s" {
                  type = "batch"
                  group "g" {
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/true"
                      }
                    }
                  }
                }
                """;
        String both = job.formatted("one-of-two") + job.formatted("two-of-two");
        String file = Files.writeString(folder.resolve("two.hcl"), both).toString();

        assertThat(type("validate", file).out()).isEqualTo("valid: 2 resources\n");
        assertThat(type("plan", file).out())
                .contains("job/one-of-two would be created", "job/two-of-two would be created");
        assertThat(type("run", file).out())
                .contains("Job \"one-of-two\" is complete", "Job \"two-of-two\" is complete");
        assertThat(type("plan", file).code()).isZero();
    }

    @Test
    void plan_tells_of_every_kind_and_goes_on_behind_what_is_refused() throws IOException {
        String file =
                Files.writeString(
                                folder.resolve("planned.yaml"),
                                """
                                apiVersion: drover.dev/v1
                                kind: Variable
                                metadata: {name: stray, namespace: nowhere}
                                spec: {items: {a: b}}
                                ---
                                apiVersion: drover.dev/v1
                                kind: Namespace
                                metadata: {name: planned-home}
                                ---
                                apiVersion: drover.dev/v1
                                kind: Variable
                                metadata: {name: planned, namespace: planned-home}
                                spec: {items: {a: b}}
                                """)
                        .toString();

        Terminal plan = DROVER.get().terminal();

        assertThat(plan.type("plan", file)).isEqualTo(1);

        assertThat(plan.out())
                .contains("namespace/planned-home would be created")
                .contains("variable/planned would be created");
        assertThat(plan.err()).contains("variable/stray: namespace nowhere does not exist");
        assertThat(type("get", "namespaces").out()).doesNotContain("planned-home");
    }

    @Test
    void the_scheduler_is_told_how_to_place_and_says_so() {
        assertThat(type("operator", "scheduler", "get-config").out())
                .containsPattern("Scheduler Algorithm += binpack");

        Typed set =
                type(
                        "operator",
                        "scheduler",
                        "set-config",
                        "-scheduler-algorithm=spread",
                        "-preempt-service-scheduler=true");

        assertThat(set.out()).isEqualTo("Scheduler configuration updated!\n");
        assertThat(
                        DROVER.get()
                                .complaint(
                                        "operator",
                                        "scheduler",
                                        "set-config",
                                        "-scheduler-algorithm=bin"))
                .contains("say -scheduler-algorithm=binpack or =spread");
        assertThat(type("operator", "scheduler", "get-config").out())
                .containsPattern("Scheduler Algorithm += spread")
                .containsPattern("(?i)preempt.*service.* = true");
    }

    @Test
    void a_kept_version_comes_back() throws IOException {
        Path first = job("versions", "memory = 32", "");
        type("run", "-detach", first.toString());
        Path second = job("versions", "memory = 33", "");
        assertThat(type("apply", "-f", second.toString()).out())
                .isEqualTo("job/versions changed\n");

        type("job", "revert", "-detach", "versions", "0");

        assertThat(type("get", "job", "versions", "-o", "yaml").out()).contains("memoryMib: 32");
        assertThat(type("job", "history", "versions").out().lines()).hasSize(4);
    }

    @Test
    void a_service_is_listed_once_its_check_passes() throws IOException {
        Path well = folder.resolve("well");
        Path file =
                Files.writeString(
                        folder.resolve("offers.hcl"),
                        """
                        job "offers" {
                          group "g" {
                            network {
                              port "http" {}
                            }
                            task "t" {
                              driver = "raw_exec"
                              config {
                                command = "/bin/sleep"
                                args    = ["300"]
                              }
                              service {
                                name     = "web"
                                provider = "nomad"
                                port     = "http"
                                tags     = ["blue"]
                                check {
                                  name     = "up"
                                  type     = "script"
                                  command  = "/bin/sh"
                                  args     = ["-c", "test -e %s || { echo not yet; exit 2; }"]
                                  interval = "1s"
                                  timeout  = "20s"
                                }
                              }
                            }
                          }
                        }
                        """
                                .formatted(well));
        type("run", "-detach", file.toString());

        await().atMost(Installation.PATIENCE)
                .until(() ->
                        type("service", "list").out().contains("0 of 1")
                                && type("service", "info", "--all", "web")
                                        .out()
                                        .contains("up: critical, not yet"));
        Files.createFile(well);

        await().atMost(Installation.PATIENCE)
                .until(() -> type("service", "info", "web").out().contains("[blue]"));
        assertThat(type("service", "list").out()).containsPattern("web +\\[blue] +1 of 1");
        assertThat(type("alloc", "status", firstAllocation("offers")).out())
                .containsPattern("web .* up +passing");
        type("stop", "-purge", "offers");
        assertThat(type("service", "list").out()).isEqualTo("No services\n");
    }

    /// A batch job of one task that complains and fails.
    private Path job(String name, String resources, String more) throws IOException {
        String hcl =
                """
                job "%s" {
                  type = "batch"
                  group "g" {
                    %s
                    reschedule {
                      attempts = 0
                    }
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/sh"
                        args    = ["-c", "echo oops >&2; exit 3"]
                      }
                      resources {
                        %s
                      }
                    }
                  }
                }
                """
                        .formatted(name, more, resources);
        return Files.writeString(folder.resolve(name + ".hcl"), hcl);
    }

    private static String firstAllocation(String job) {
        return DROVER.get().allocations(job).getFirst();
    }

    private static Typed type(String... words) {
        return DROVER.get().type(words);
    }
}
