package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.drover.controller.cli.Installation.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What somebody who steers jobs sees, by right words and by wrong ones, at a whole Drover.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class SteeringTest {
    private static final String HELLO = "../examples/hello/hello.hcl";

    @RegisterExtension private static final SharedInstallation DROVER = new SharedInstallation();

    @TempDir Path folder;

    @Test
    void what_cannot_be_done_to_deployments_versions_and_moments_is_said() throws IOException {
        String hello = Files.readString(Path.of(HELLO)).replace("\"hello\"", "\"done\"");
        type("run", Files.writeString(folder.resolve("done.hcl"), hello).toString());
        type("job", "tag", "done", "0", "golden");

        assertThat(complaint("deployment", "resume", "done")).contains("is over");
        assertThat(complaint("deployment", "pause", "done"))
                .containsPattern("deployment \"[0-9a-f]{8}\" is over")
                .contains("`drover deployment list done`");
        assertThat(complaint("job", "revert", "done", "silver"))
                .contains("no version or tag \"silver\"")
                .contains("kept are 0 (golden)");
        assertThat(complaint("deployment", "list", "nobody")).contains("no job \"nobody\"");
        assertThat(complaint("eval", "list", "nobody")).contains("no job \"nobody\"");
        assertThat(complaint("eval", "list", "-status", "done")).contains("-status blocked");
        assertThat(complaint("why", "-at", "1m", "done")).contains("nothing had been written");
        assertThat(complaint("why", "-at", "1", "done"))
                .contains("there was no job \"done\" at 1", "`drover history job done`");
        assertThat(complaint("what-if", "add-node", "-like", "n77")).contains("no node \"n77\"");
        assertThat(complaint("what-if", "add-node", "-count", "x")).contains("'x' is not a count");
        assertThat(complaint("why", "-at", "99999999999", "done")).contains("is not here yet");
        assertThat(complaint("why", "-at", "2099-01-01T00:00:00Z", "done"))
                .contains("is still to come");
        assertThat(complaint("get", "jobs", "-at", "2099-01-01T00:00:00Z"))
                .contains("is still to come");
        assertThat(
                        type(
                                        "operator",
                                        "scheduler",
                                        "set-config",
                                        "-node-pool=gpus",
                                        "-scheduler-algorithm=binpack")
                                .out())
                .contains("No node is in the pool \"gpus\" now");
        assertThat(complaint("promote", "done", "main")).contains("is not being deployed");
        assertThat(complaint("node", "drain", "")).contains("NODE is empty");
        assertThat(complaint("job", "tag", "done", "-name", "")).contains("which name?");
        assertThat(complaint("job", "tag", "done")).contains("`drover job tag done 0 NAME`");
        assertThat(complaint("job", "tag", "done", "9", "new"))
                .contains("no version or tag \"9\"")
                .contains("kept are 0 (golden)");
        type("stop", "-purge", "done");
        assertThat(type("system", "gc").out()).containsPattern("Removed [0-9]+ resources|Nothing");
    }

    @Test
    void what_can_be_promoted_and_when_is_said() throws IOException {
        String job =
                """
                job "tries" {
                  update { min_healthy_time = "0s" }
                  group "new" {
                    update { canary = 1 }
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/sleep"
                        args    = ["%d"]
                      }
                    }
                  }
                  group "old" {
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/sleep"
                        args    = ["300"]
                      }
                    }
                  }
                }
                """;
        Path file = folder.resolve("tries.hcl");
        type("run", Files.writeString(file, job.formatted(300)).toString());
        type("run", "-detach", Files.writeString(file, job.formatted(301)).toString());
        await().atMost(Installation.PATIENCE)
                .until(() -> type("deployment", "status", "tries").out().contains("to promote"));

        assertThat(complaint("promote", "tries", "old"))
                .contains("does not wait to be promoted", "those that wait are new");
        assertThat(type("deployment", "pause", "tries").out()).contains("is paused");
        assertThat(type("deployment", "pause", "tries").out()).contains("is paused already");
        assertThat(type("promote", "-detach", "tries", "new").out())
                .contains("new may take over once somebody resumes it");
        type("deployment", "resume", "tries");
        await().atMost(Installation.PATIENCE)
                .until(() -> type("deployment", "status", "tries").out().contains("successful"));
        type("stop", "-purge", "tries");
    }

    @Test
    void who_holds_an_object_and_who_held_it_is_said() {
        String name = node();

        assertThat(complaint("hold", "node", name, "-why", "x", "-until", "2020-01-01T00:00:00Z"))
                .contains("is over already");
        type("hold", "node", name, "-why", "a disk", "-who", "ann", "-n", "other");
        assertThat(type("hold", "node", name, "-why", "a fan", "-who", "bob").out())
                .contains("is held by bob: a fan; it was held by ann: a disk");
        assertThat(type("hold").out()).containsPattern(name + " +bob");
        assertThat(type("release", "node", name).out()).contains("is released");
        assertThat(type("hold").out()).contains("Nothing is held");
    }

    @Test
    void who_watches_a_drain_hears_that_it_was_called_off() throws Exception {
        String hello = Files.readString(Path.of(HELLO)).replace("\"hello\"", "\"stays\"");
        type("run", Files.writeString(folder.resolve("stays.hcl"), hello).toString());
        String name = node();
        assertThat(type("node", "drain", "-monitor", name).out()).contains("Nobody drains node");

        type("hold", "job", "stays", "-why", "so that the drain waits");
        type("node", "drain", "-detach", "-no-deadline", "-yes", name);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var seen = threads.submit(() -> type("node", "drain", "-monitor", name).out());
            assertThat(type("node", "drain", "-disable", name).out()).contains("unset");
            assertThat(seen.get())
                    .contains("Nobody drains node \"" + name + "\" any more; 2 allocations left");
        }
        assertThat(type("node", "drain", "-disable", name).out()).contains("was not being drained");
        type("release", "job", "stays");
        type("stop", "-purge", "stays");
    }

    @Test
    void a_drain_and_the_question_about_it_take_the_same_terms() throws IOException {
        String job =
                """
                job "agent" {
                  type = "system"
                  group "g" {
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/sleep"
                        args = ["300"]
                      }
                    }
                  }
                }
                """;
        type("run", Files.writeString(folder.resolve("agent.hcl"), job).toString());
        String name = node();

        assertThat(type("what-if", "drain", "-force", name).out())
                .containsPattern("agent.g\\[0\\] +" + name + " +\\(stops\\)");
        assertThat(type("what-if", "drain", "-ignore-system", name).out())
                .contains("Would stay until it ends by itself", "agent.g[0]");
        assertThat(complaint("what-if", "drain", "-force", "-no-deadline", name))
                .contains("contradict each other");
        assertThat(type("node", "drain", "-ignore-system", name).out())
                .contains("has ended; 1 allocation left, as those of system jobs are to be");
        type("node", "drain", "-disable", name);
        type("stop", "-purge", "agent");
    }

    @Test
    void a_launch_that_is_left_out_while_another_one_runs_is_told() throws IOException {
        String job =
                """
                job "ticks" {
                  type = "batch"
                  periodic {
                    crons            = ["0 3 * * *"]
                    prohibit_overlap = true
                  }
                  group "g" {
                    task "t" {
                      driver = "raw_exec"
                      config {
                        command = "/bin/sleep"
                        args = ["300"]
                      }
                    }
                  }
                }
                """;
        type("run", Files.writeString(folder.resolve("ticks.hcl"), job).toString());
        assertThat(type("status", "ticks").out()).doesNotContain("left out");

        type("job", "periodic", "force", "-detach", "ticks");

        assertThat(type("status", "ticks").out())
                .containsPattern("from now\\); left out while ticks/periodic-[0-9]+ is not over");
        type("stop", "-purge", "ticks");
    }

    @Test
    void what_a_version_changed_is_shown() throws IOException {
        String hello = Files.readString(Path.of(HELLO)).replace("\"hello\"", "\"changed\"");
        type("run", Files.writeString(folder.resolve("changed.hcl"), hello).toString());
        type("scale", "changed", "1");

        assertThat(type("job", "history", "-p", "changed").out())
                .contains("Version 1 against 0", "count: 2 → 1", "what it was before is not kept");
        assertThat(type("job", "history", "-version", "0", "changed").out())
                .doesNotContainPattern("(?m)^1 ");
        assertThat(complaint("job", "history", "-version", "7", "changed"))
                .contains("kept are 1, 0");
        type("stop", "-purge", "changed");
    }

    private static String node() {
        return type("node", "status").out().lines().skip(1).findFirst().orElseThrow().split(" ")[0];
    }

    private static Typed type(String... words) {
        return DROVER.get().type(words);
    }

    private static String complaint(String... words) {
        return DROVER.get().complaint(words);
    }
}
