package dev.drover.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Condition;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.DeploymentSpec;
import dev.drover.manifests.model.DeploymentStatus;
import dev.drover.manifests.model.EvaluationOutcome;
import dev.drover.manifests.model.EvaluationStatus;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.shape.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndingTest {
    private static final DeploymentSpec NOTHING_ASKED = DeploymentSpec.of("web", "uid", 1);

    @Test
    void canaries_wait_for_somebody_until_somebody_has_asked() {
        assertThat(ending(NOTHING_ASKED, DeploymentPhase.RUNNING))
                .hasValueSatisfying(
                        end -> assertThat(end.sentence()).contains("waits for a promotion"));

        assertThat(ending(asked(false, List.of("app")), DeploymentPhase.RUNNING)).isEmpty();
    }

    @Test
    void a_pause_is_over_when_somebody_has_resumed_it() {
        assertThat(ending(asked(true, List.of()), DeploymentPhase.PAUSED))
                .hasValueSatisfying(end -> assertThat(end.sentence()).contains("is paused"));

        assertThat(ending(NOTHING_ASKED, DeploymentPhase.PAUSED)).isEmpty();
    }

    /// It may be replaced, and end well; a deployment has its own word about it.
    @Test
    void a_copy_that_failed_ends_it_once_nothing_takes_its_place() {
        Condition waits = condition("Reconciling", "WaitsToReplace", 1);
        Condition over = condition("Stalled", "Failed", 1);

        assertThat(afterAFailure(List.of())).isEmpty();
        assertThat(afterAFailure(List.of(waits))).isEmpty();
        assertThat(afterAFailure(List.of(condition("Stalled", "Failed", 0)))).isEmpty();
        assertThat(afterAFailure(List.of(over)))
                .contains(
                        new Ending.Failed(
                                "Job \"web\" failed: allocation \"f287af2c\": Exit Code: 3"));
    }

    private static Condition condition(String type, String reason, long generation) {
        return new Condition(type, "True", reason, "because", generation, Samples.NOW);
    }

    @Test
    void a_lost_copy_is_replaced_and_ends_nothing() {
        assertThat(withALostCopy(JobType.SERVICE, List.of())).isEmpty();
        assertThat(withALostCopy(JobType.BATCH, List.of())).isEmpty();
    }

    @Test
    void a_lost_node_takes_the_slot_of_a_job_that_goes_everywhere() {
        Allocation ended =
                Samples.allocation(Samples.SECOND, 0, AllocationPhase.COMPLETE, "Exit Code: 0");
        Allocation elsewhere = ended.withSpec(Records.with(ended.spec(), "node", "n2"));

        assertThat(withALostCopy(JobType.SYSBATCH, List.of(elsewhere)))
                .contains(new Ending.Done("Job \"web\" is complete"));
    }

    private static Optional<Ending> withALostCopy(JobType type, List<Allocation> others) {
        Job job = Samples.job(type, 1);
        var copies = new ArrayList<>(others);
        copies.add(Samples.allocation(Samples.FIRST, 0, AllocationPhase.LOST, "node n1 is silent"));
        return Ending.of(
                new Sight(job, Optional.of(Samples.evaluation(DECIDED)), Optional.empty(), copies));
    }

    private static Optional<Ending> afterAFailure(List<Condition> conditions) {
        Job job = Samples.job(JobType.BATCH, 1);
        return Ending.of(
                new Sight(
                        job.withStatus(Samples.status(JobPhase.RUNNING, 0, conditions)),
                        Optional.of(Samples.evaluation(DECIDED)),
                        Optional.empty(),
                        List.of(
                                Samples.allocation(
                                        Samples.FIRST,
                                        0,
                                        AllocationPhase.FAILED,
                                        "Exit Code: 3"))));
    }

    private static final EvaluationStatus DECIDED =
            new EvaluationStatus(EvaluationOutcome.COMPLETE, "", List.of(), List.of(), Map.of());

    @Test
    void what_somebody_else_did_meanwhile_ends_it() {
        Job runs = Samples.job(JobType.SERVICE, 1);
        Job stopped = runs.withSpec(runs.spec().withStop(true));
        Job newer = runs.withStatus(Records.with(runs.status(), "version", 1));

        assertThat(Ending.overtaken(runs, seen(runs))).isEmpty();
        assertThat(Ending.overtaken(stopped, seen(stopped))).isEmpty();
        assertThat(Ending.overtaken(stopped, seen(runs)))
                .contains(new Ending.Failed("Job \"web\" was started again by somebody else"));
        assertThat(Ending.overtaken(runs, seen(stopped)))
                .contains(new Ending.Failed("Job \"web\" was stopped by somebody else"));
        assertThat(Ending.overtaken(runs, seen(newer)))
                .contains(
                        new Ending.Failed(
                                "Version 1 of job \"web\" came from somebody else before this one"));
    }

    private static Sight seen(Job job) {
        return new Sight(job, Optional.empty(), Optional.empty(), List.of());
    }

    private static DeploymentSpec asked(boolean paused, List<String> promoted) {
        return new DeploymentSpec("web", "uid", 1, paused, promoted, false, Map.of());
    }

    /// Of a job whose only canary is healthy, as far as the loop has said.
    private static Optional<Ending> ending(DeploymentSpec spec, DeploymentPhase phase) {
        Job job =
                Samples.job(JobType.SERVICE, 1)
                        .withStatus(Samples.status(JobPhase.RUNNING, 1, List.of()));
        var canary = new DeploymentGroup(1, 1, 1, 1, 0, false, Optional.empty());
        var status =
                new DeploymentStatus(
                        phase, "", Map.of("app", canary), Optional.empty(), Optional.empty());
        var deployment = new Deployment(job.metadata(), spec, status);
        return Ending.of(
                new Sight(
                        job,
                        Optional.of(Samples.evaluation(DECIDED)),
                        Optional.of(deployment),
                        List.of()));
    }
}
