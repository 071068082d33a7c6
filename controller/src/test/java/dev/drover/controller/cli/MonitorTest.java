package dev.drover.controller.cli;

import static dev.drover.controller.cli.Samples.FIRST;
import static dev.drover.controller.cli.Samples.allocation;
import static dev.drover.manifests.model.AllocationPhase.COMPLETE;
import static dev.drover.manifests.model.AllocationPhase.RUNNING;
import static dev.drover.manifests.model.JobType.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.Manifests;
import dev.drover.manifests.Read;
import dev.drover.manifests.Syntax;
import dev.drover.manifests.hcl.Inputs;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Commands that follow a job. Three watches arrive in no order between them, so only the first and
/// the last lines have a place; StoryTest has the order of the rest.
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class MonitorTest {
    private static final String TIME = "2026-11-24T18:45:20Z: ";
    private static final Job JOB = Samples.job(SERVICE, 1);
    private static final Allocation RUNS = allocation(FIRST, 0, RUNNING, "tasks are running");

    @Test
    void stop_tells_what_stops_until_it_has_and_purges_then() throws Exception {
        Allocation told =
                RUNS.withSpec(RUNS.spec().stopped(DesiredState.STOP, "the job was stopped"));
        Allocation over = told.withStatus(allocation(FIRST, 0, COMPLETE, "stopped").status());
        try (var api = new FakeApi()) {
            api.has(JOB.withStatus(Samples.status(JobPhase.RUNNING, 1, List.of())), RUNS)
                    .then(told, Samples.placed(), over);
            Terminal terminal = api.terminal();

            assertThat(terminal.type("stop", "-purge", "web")).isZero();

            assertThat(terminal.out().lines())
                    .startsWith("==> " + TIME + "Monitoring evaluation \"08dfb51d\"")
                    .contains(
                            "    " + TIME + "Allocation \"f287af2c\" stops: the job was stopped",
                            "==> "
                                    + TIME
                                    + "Evaluation \"08dfb51d\" finished with status \"complete\"")
                    .endsWith("==> " + TIME + "Job \"web\" is stopped", "Job \"web\" is purged");
            assertThat(api.writes())
                    .containsExactly(
                            "POST namespaces/default/jobs/web/stop",
                            "DELETE namespaces/default/jobs/web");
        }
    }

    @Test
    void stop_takes_a_whole_name_or_is_told_that_it_is_meant() throws Exception {
        try (var api = new FakeApi()) {
            api.has(JOB);
            Terminal terminal = api.terminal();

            assertThat(terminal.type("stop", "-purge", "we")).isEqualTo(1);

            assertThat(terminal.err())
                    .isEqualTo(
                            """
                            Error: there is no job "we", and nothing was stopped
                              why: only "web" begins so
                              fix: type the whole name, or -yes when that one is meant
                            """);
            assertThat(api.writes()).isEmpty();
            terminal.type("stop", "-detach", "-yes", "we");
            assertThat(api.writes()).containsExactly("POST namespaces/default/jobs/web/stop");
        }
    }

    @Test
    void stop_of_what_is_stopping_already_waits_until_it_has() throws Exception {
        Job stopped = JOB.withSpec(JOB.spec().withStop(true));
        Allocation told =
                RUNS.withSpec(RUNS.spec().stopped(DesiredState.STOP, "the job was stopped"));
        Allocation over = told.withStatus(allocation(FIRST, 0, COMPLETE, "stopped").status());
        try (var api = new FakeApi()) {
            api.has(stopped, told, Samples.placed()).sees(over);
            Terminal terminal = api.terminal();

            assertThat(terminal.type("stop", "-detach", "web")).isZero();
            assertThat(terminal.out())
                    .isEqualTo("Job \"web\" is told to stop already; 1 allocation is left\n");
            assertThat(terminal.type("stop", "web")).isZero();

            assertThat(terminal.out().lines()).endsWith("==> " + TIME + "Job \"web\" is stopped");
            assertThat(api.writes()).isEmpty();
        }
    }

    /// Who runs a failed job once more, as after a lost connection, hears of its failure.
    @Test
    void run_of_what_has_failed_already_fails_too(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("web.hcl"), ENDS);
        JobStatus over =
                Samples.status(JobPhase.DEAD, 0, List.of(Samples.notReady("it has failed")));
        try (var api = new FakeApi()) {
            api.has(read(ENDS).withStatus(over)).keepsStatus();
            Terminal terminal = api.terminal();

            assertThat(terminal.type("run", file.toString())).isEqualTo(1);
            assertThat(terminal.err()).isEmpty();
            assertThat(terminal.type("run", "-detach", file.toString())).isZero();

            assertThat(terminal.out())
                    .contains("Job \"web\" is unchanged (version 0): dead\nit has failed\n");
        }
    }

    /// And of its end, where it is still on its way.
    @Test
    void run_of_what_has_not_ended_yet_waits_for_its_end(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("web.hcl"), ENDS);
        JobStatus runs = Samples.status(JobPhase.RUNNING, 1, List.of());
        try (var api = new FakeApi()) {
            api.has(read(ENDS).withStatus(runs), Samples.placed(), RUNS)
                    .keepsStatus()
                    .sees(allocation(FIRST, 0, COMPLETE, "All tasks have completed"));
            Terminal terminal = api.terminal();

            assertThat(terminal.type("run", file.toString())).isZero();

            assertThat(terminal.out().lines())
                    .startsWith("Job \"web\" is unchanged (version 0): running")
                    .endsWith("==> " + TIME + "Job \"web\" is complete");
        }
    }

    private static final String ENDS =
            """
            job "web" {
              type = "batch"
              group "app" {
                task "main" {
                  driver = "raw_exec"
                  config {
                    command = "/bin/false"
                  }
                }
              }
            }
            """;

    private static Job read(String text) {
        Read read = Manifests.read(text, "web.hcl", Syntax.HCL, Inputs.none());
        Job wanted = (Job) ((Read.Resources) read).manifests().getFirst().resource();
        return JOB.withSpec(wanted.spec());
    }

    @Test
    void a_server_that_goes_away_ends_the_watching_with_an_error() throws Exception {
        try (var api = new FakeApi()) {
            api.has(JOB, RUNS).endsWatches();
            Terminal terminal = api.terminal();

            assertThat(terminal.type("stop", "web")).isEqualTo(1);

            assertThat(terminal.err()).startsWith("Error: the server ends every watch at once");
        }
    }

    /// What its tasks use is worth less than all the rest.
    @Test
    void the_page_of_an_allocation_is_shown_though_its_node_goes_away() throws Exception {
        String path = "/apis/drover.dev/v1/namespaces/default/allocations/" + FIRST;
        try (var api = new FakeApi()) {
            api.has(RUNS).breaksOff(path + "/stats");
            Terminal terminal = api.terminal();

            assertThat(terminal.type("alloc", "status", FIRST)).isZero();

            assertThat(terminal.out()).contains("tasks are running");
        }
    }

    @Test
    void a_job_of_several_allocations_stands_for_none_of_them() throws Exception {
        try (var api = new FakeApi()) {
            api.has(JOB, RUNS, allocation(Samples.SECOND, 1, RUNNING, "tasks run"));
            Terminal terminal = api.terminal();

            assertThat(terminal.type("exec", "web", "ls")).isOne();

            assertThat(terminal.err())
                    .contains("job \"web\" has 2 allocations that run", FIRST, Samples.SECOND)
                    .contains("`drover status web` lists them");
        }
    }

    @Test
    void one_node_that_goes_away_hides_no_other() throws Exception {
        try (var api = new FakeApi()) {
            api.has(Samples.node()).breaksOff("/apis/drover.dev/v1/nodes/n1/stats");
            Terminal terminal = api.terminal();

            assertThat(terminal.type("top")).isZero();

            assertThat(terminal.out())
                    .contains("node n1: the answer was cut short")
                    .doesNotContain("Nothing runs");
        }
    }
}
