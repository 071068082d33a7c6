package dev.drover.controller.cli;

import static dev.drover.controller.cli.Samples.FIRST;
import static dev.drover.controller.cli.Samples.allocation;
import static dev.drover.manifests.model.AllocationPhase.COMPLETE;
import static dev.drover.manifests.model.AllocationPhase.RUNNING;
import static dev.drover.manifests.model.JobType.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
    void a_server_that_goes_away_ends_the_watching_with_an_error() throws Exception {
        try (var api = new FakeApi()) {
            api.has(JOB, RUNS).endsWatches();
            Terminal terminal = api.terminal();

            assertThat(terminal.type("stop", "web")).isEqualTo(1);

            assertThat(terminal.err()).startsWith("Error: the server ends every watch at once");
        }
    }
}
