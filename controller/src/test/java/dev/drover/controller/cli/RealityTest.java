package dev.drover.controller.cli;

import static dev.drover.controller.cli.Samples.FIRST;
import static dev.drover.controller.cli.Samples.SECOND;
import static dev.drover.controller.cli.Samples.allocation;
import static dev.drover.manifests.model.AllocationPhase.COMPLETE;
import static dev.drover.manifests.model.AllocationPhase.FAILED;
import static dev.drover.manifests.model.AllocationPhase.RUNNING;
import static dev.drover.manifests.model.JobType.BATCH;
import static dev.drover.manifests.model.JobType.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Job;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealityTest {
    private static final Allocation RUNS = allocation(FIRST, 0, RUNNING, "");
    private static final Allocation RUNS_TOO = allocation(SECOND, 1, RUNNING, "");

    @Test
    void nothing_is_said_when_all_is_as_it_should_be() {
        assertThat(Reality.of(Samples.job(SERVICE, 2), List.of(RUNS, RUNS_TOO))).isEmpty();
    }

    @Test
    void counts_what_is_missing_and_what_is_too_much() {
        assertThat(Reality.of(Samples.job(SERVICE, 3), List.of(RUNS)))
                .containsExactly("- job/web group \"app\": 2 missing");
        assertThat(Reality.of(Samples.job(SERVICE, 1), List.of(RUNS, RUNS_TOO)))
                .containsExactly("+ job/web group \"app\": 1 surplus");
    }

    @Test
    void a_stopped_job_wants_nothing() {
        Job job = Samples.job(SERVICE, 2);
        var stopped = new Job(job.metadata(), job.spec().withStop(true), job.status());

        assertThat(Reality.of(stopped, List.of(RUNS)))
                .containsExactly("+ job/web group \"app\": 1 surplus");
    }

    @Test
    void a_batch_job_that_is_complete_misses_nothing() {
        assertThat(Reality.of(Samples.job(BATCH, 1), List.of(allocation(FIRST, 0, COMPLETE, ""))))
                .isEmpty();
    }

    @Test
    void sees_another_version_and_what_failed() {
        Allocation newer = RUNS.withSpec(RUNS.spec().inPlace(1, "e"));
        Allocation failed = allocation(SECOND, 1, FAILED, "exit code 3");

        assertThat(Reality.of(Samples.job(SERVICE, 2), List.of(newer, failed)))
                .containsExactly(
                        "- job/web group \"app\": 1 missing",
                        "~ job/web group \"app\": 1 of version 1, not 0",
                        "! job/web group \"app\": allocation \"0c91c497\" failed: exit code 3");
    }
}
