package dev.drover.controller.cli;

import static dev.drover.controller.cli.Samples.EVALUATION;
import static dev.drover.controller.cli.Samples.FIRST;
import static dev.drover.controller.cli.Samples.SECOND;
import static dev.drover.controller.cli.Samples.allocation;
import static dev.drover.manifests.model.AllocationPhase.COMPLETE;
import static dev.drover.manifests.model.AllocationPhase.FAILED;
import static dev.drover.manifests.model.AllocationPhase.PENDING;
import static dev.drover.manifests.model.AllocationPhase.RUNNING;
import static dev.drover.manifests.model.JobType.BATCH;
import static dev.drover.manifests.model.JobType.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Condition;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.DeploymentSpec;
import dev.drover.manifests.model.DeploymentStatus;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Evaluation;
import dev.drover.manifests.model.EvaluationOutcome;
import dev.drover.manifests.model.EvaluationStatus;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobStatus;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Metadata;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoryTest {
    private static final Allocation FRESH = allocation(FIRST, 0, PENDING, "waits for its node");
    private static final Allocation RUNS = allocation(FIRST, 0, RUNNING, "tasks are running");

    @Test
    void tells_each_change_once_and_the_decision_after_what_it_placed() {
        List<String> told =
                tell(
                        sight(SERVICE, 1, Optional.of(Samples.placed(FIRST))),
                        sight(SERVICE, 1, Optional.of(Samples.placed(FIRST)), FRESH),
                        sight(SERVICE, 1, Optional.of(Samples.placed(FIRST)), RUNS),
                        sight(SERVICE, 1, Optional.of(Samples.placed(FIRST)), RUNS));

        assertThat(told)
                .containsExactly(
                        "Evaluation triggered by job \"web\"",
                        "Allocation \"f287af2c\" created: node \"n1\", group \"app\"",
                        "Evaluation status changed: \"pending\" -> \"complete\"",
                        "==> Evaluation \"08dfb51d\" finished with status \"complete\"",
                        "Allocation \"f287af2c\" status changed: \"pending\" -> \"running\" (tasks are running)");
    }

    @Test
    void what_keeps_a_task_from_beginning_is_told_once() {
        Optional<Evaluation> placed = Optional.of(Samples.placed(FIRST));
        Allocation waits = Samples.waiting(FRESH, "Missing: nomadVar x");
        List<String> told =
                tell(
                        sight(SERVICE, 1, placed, FRESH),
                        sight(SERVICE, 1, placed, waits),
                        sight(SERVICE, 1, placed, waits),
                        sight(SERVICE, 1, placed, RUNS));

        assertThat(told)
                .endsWith(
                        "==> Evaluation \"08dfb51d\" finished with status \"complete\"",
                        "Allocation \"f287af2c\" is pending: No tasks have started: Missing: nomadVar x",
                        "Allocation \"f287af2c\" status changed: \"pending\" -> \"running\" (tasks are running)");
    }

    @Test
    void an_allocation_that_arrives_before_its_decision_tells_what_triggered_it() {
        assertThat(tell(sight(SERVICE, 1, Optional.empty(), FRESH)))
                .containsExactly(
                        "Evaluation triggered by job \"web\"",
                        "Allocation \"f287af2c\" created: node \"n1\", group \"app\"");
    }

    @Test
    void says_why_something_has_no_place() {
        assertThat(tell(sight(SERVICE, 2, Optional.of(Samples.blocked()))))
                .endsWith(
                        "==> Evaluation \"08dfb51d\" finished with status \"blocked\" but failed to place all allocations:",
                        "Task Group \"app\" (failed to place 2 allocations):",
                        "  * memory: asked 9000 MiB, free 512 MiB (1 node: n1)");
    }

    @Test
    void what_was_there_before_is_not_news_but_its_end_is() {
        Story story = Story.begin("another", List.of(RUNS));
        Allocation stopped =
                RUNS.withSpec(RUNS.spec().stopped(DesiredState.STOP, "replaced by version 1"));

        assertThat(texts(story.next(sight(SERVICE, 1, Optional.empty(), RUNS)))).isEmpty();
        assertThat(texts(story.next(sight(SERVICE, 1, Optional.empty(), stopped))))
                .containsExactly("Allocation \"f287af2c\" stops: replaced by version 1");
    }

    @Test
    void what_has_ended_already_does_not_stop() {
        Allocation ended = allocation(FIRST, 0, COMPLETE, "Exit Code: 0");
        Allocation stopped =
                ended.withSpec(ended.spec().stopped(DesiredState.STOP, "the job is stopped"));

        assertThat(tell(sight(SERVICE, 1, Optional.empty(), ended))).isNotEmpty();
        assertThat(
                        tell(
                                        sight(SERVICE, 1, Optional.empty(), ended),
                                        sight(SERVICE, 1, Optional.empty(), stopped))
                                .getLast())
                .doesNotContain("stops");
    }

    @Test
    void the_decision_is_told_after_what_it_stops() {
        Evaluation decision =
                Samples.evaluation(
                        new EvaluationStatus(
                                EvaluationOutcome.COMPLETE,
                                "1 stopped",
                                List.of(),
                                List.of(FIRST),
                                Map.of()));
        Allocation stopped = RUNS.withSpec(RUNS.spec().stopped(DesiredState.STOP, "one too many"));
        Story story = Story.begin(EVALUATION, List.of(RUNS));

        Story.Part first = story.next(sight(SERVICE, 1, Optional.of(decision), RUNS));
        Story.Part second = first.rest().next(sight(SERVICE, 1, Optional.of(decision), stopped));

        assertThat(texts(first)).containsExactly("Evaluation triggered by job \"web\"");
        assertThat(texts(second))
                .startsWith("Allocation \"f287af2c\" stops: one too many")
                .endsWith("==> Evaluation \"08dfb51d\" finished with status \"complete\"");
    }

    @Test
    void a_service_is_running_when_its_deployment_is_successful() {
        assertThat(Ending.of(sight(SERVICE, 1, Optional.of(Samples.placed(FIRST)), RUNS)))
                .as("it runs, and nobody knows yet how well")
                .isEmpty();
        assertThat(Ending.of(deployed(DeploymentPhase.RUNNING, true, NOON))).isEmpty();
        assertThat(Ending.of(deployed(DeploymentPhase.SUCCESSFUL, true)))
                .contains(new Ending.Done("Job \"web\" is running"));
    }

    @Test
    void a_deployment_that_fails_is_a_failure_and_says_why() {
        assertThat(Ending.of(deployed(DeploymentPhase.FAILED, true)))
                .contains(
                        new Ending.Failed("The deployment of job \"web\" failed: 1 of 1 healthy"));
    }

    @Test
    void canaries_that_wait_for_somebody_are_not_waited_for() {
        assertThat(Ending.of(deployed(DeploymentPhase.RUNNING, false)))
                .contains(new Ending.Done("Job \"web\" waits for a promotion: 1 of 1 healthy"));
    }

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static Sight deployed(DeploymentPhase phase, boolean promoted, Instant... deadline) {
        Optional<Instant> until = Arrays.stream(deadline).findFirst();
        var group = new DeploymentGroup(1, promoted ? 0 : 1, 1, 1, 0, promoted, until);
        var deployment =
                new Deployment(
                        Metadata.named("default", "d"),
                        DeploymentSpec.of("web", "uid", 0),
                        new DeploymentStatus(
                                phase,
                                "1 of 1 healthy",
                                Map.of("main", group),
                                until,
                                Optional.empty()));
        return new Sight(
                Samples.job(SERVICE, 1),
                Optional.of(Samples.placed(FIRST)),
                Optional.of(deployment),
                List.of(RUNS));
    }

    @Test
    void nothing_has_ended_before_the_scheduler_looked() {
        assertThat(Ending.of(sight(SERVICE, 1, Optional.empty(), RUNS))).isEmpty();
    }

    @Test
    void a_batch_job_is_complete_when_all_its_copies_are() {
        var decision = Optional.of(Samples.placed(FIRST));

        assertThat(Ending.of(sight(BATCH, 1, decision, RUNS))).isEmpty();
        assertThat(Ending.of(sight(BATCH, 1, decision, allocation(FIRST, 0, COMPLETE, ""))))
                .contains(new Ending.Done("Job \"web\" is complete"));
    }

    @Test
    void what_a_batch_job_has_done_under_an_earlier_version_is_done() {
        Allocation earlier = allocation(FIRST, 0, COMPLETE, "");
        Allocation now = allocation(SECOND, 1, COMPLETE, "");
        Job job = Samples.job(BATCH, 2);
        var other =
                new JobStatus(
                        1,
                        Optional.empty(),
                        1,
                        JobPhase.DEAD,
                        Map.of(),
                        List.of(),
                        Optional.empty());
        var decision = Optional.of(Samples.placed(SECOND));

        assertThat(
                        Ending.of(
                                new Sight(
                                        job.withStatus(other),
                                        decision,
                                        Optional.empty(),
                                        List.of(
                                                earlier,
                                                now.withSpec(now.spec().inPlace(1, "e"))))))
                .contains(new Ending.Done("Job \"web\" is complete"));
    }

    @Test
    void what_a_failed_copy_waits_for_is_told_once() {
        Allocation failed = allocation(FIRST, 0, FAILED, "task \"sleep\": exit code 3");
        Sight sight = sight(BATCH, 1, Optional.of(Samples.placed(FIRST)), failed);
        var loops =
                new Condition(
                        "Reconciling", "True", "CrashLoop", "it is replaced at …", 1, Samples.NOW);
        JobStatus status = Samples.status(JobPhase.RUNNING, 0, List.of(loops));
        Sight later =
                new Sight(
                        sight.job().withStatus(status),
                        sight.evaluation(),
                        sight.deployment(),
                        sight.allocations());

        assertThat(tell(sight, later, later, sight, later))
                .filteredOn(line -> line.contains("it is replaced at …"))
                .hasSize(1);
    }

    @Test
    void a_job_without_room_ends_the_watching_not_the_waiting() {
        assertThat(Ending.of(sight(SERVICE, 2, Optional.of(Samples.blocked()))))
                .contains(
                        new Ending.Waits(
                                "Job \"web\" waits for room and starts when there is some"));
    }

    private static Sight sight(
            JobType type, int count, Optional<Evaluation> evaluation, Allocation... allocations) {
        return new Sight(
                Samples.job(type, count), evaluation, Optional.empty(), List.of(allocations));
    }

    private static List<String> tell(Sight... sights) {
        var told = new ArrayList<String>();
        Story story = Story.begin(EVALUATION, List.of());
        for (Sight sight : sights) {
            Story.Part part = story.next(sight);
            told.addAll(texts(part));
            story = part.rest();
        }
        return told;
    }

    private static List<String> texts(Story.Part part) {
        return part.lines().stream().map(l -> (l.heading() ? "==> " : "") + l.text()).toList();
    }
}
