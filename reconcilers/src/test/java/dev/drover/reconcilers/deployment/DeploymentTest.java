package dev.drover.reconcilers.deployment;

import static dev.drover.manifests.model.AllocationPhase.FAILED;
import static dev.drover.manifests.model.AllocationPhase.LOST;
import static dev.drover.manifests.model.AllocationPhase.RUNNING;
import static dev.drover.manifests.model.AllocationPhase.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.DeploymentSpec;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.ReschedulePolicy;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.Updates;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.restart.RestartReconciler;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeploymentTest {
    private static final ResourceName WEB = new ResourceName("default", "web");
    private static final UpdatePolicy ONE_BY_ONE = Updates.of(1);

    private final World world = new World();

    @BeforeEach
    void three_nodes() {
        world.put(World.node("a1")).put(World.node("a2")).put(World.node("a3"));
    }

    // ---- rolling

    @Test
    void a_version_is_stable_once_every_copy_is_healthy() {
        admit(ONE_BY_ONE, "one", 0);
        assertThat(deployment(0).status().phase()).isEqualTo(DeploymentPhase.RUNNING);

        world.settle("web");
        turn();

        assertThat(deployment(0).status().phase()).isEqualTo(DeploymentPhase.SUCCESSFUL);
        assertThat(version(0).spec().stable()).isTrue();
    }

    @Test
    void a_copy_that_runs_and_is_not_healthy_yet_holds_the_next_one_back() {
        stable(ONE_BY_ONE);
        admit(ONE_BY_ONE, "two", 1);
        assertThat(stopping()).hasSize(1);
        world.settle("web").place("web");

        newest(1).forEach(copy -> world.report(copy, RUNNING));
        world.place("web");
        turn();
        assertThat(stopping()).isEmpty();
        assertThat(because(1))
                .contains("0 of 3 copies healthy", "is not healthy yet", "it fails at");

        newest(1).forEach(copy -> world.report(copy, RUNNING, Optional.of(true)));
        world.place("web");
        assertThat(stopping()).hasSize(1);
    }

    @Test
    void an_unhealthy_copy_holds_everything_back_until_the_deadline() {
        stable(Updates.of(2));
        admit(Updates.of(2), "two", 1);
        world.settle("web").place("web");
        world.report(newest(1).get(0), RUNNING, Optional.of(false));
        world.report(newest(1).get(1), RUNNING, Optional.of(true));

        world.place("web");

        assertThat(stopping()).isEmpty();
        turn();
        assertThat(because(1)).contains("is not healthy");
    }

    @Test
    void it_fails_when_nothing_became_healthy_before_the_deadline() {
        stable(ONE_BY_ONE);
        admit(ONE_BY_ONE, "two", 1);
        world.settle("web").place("web");
        turn();

        world.pass(Duration.ofMinutes(10));
        turn();

        assertThat(deployment(1).status().phase()).isEqualTo(DeploymentPhase.FAILED);
        assertThat(because(1)).contains("no more copies became healthy within 10 min");
        assertThat(world.job("web").status().version()).isEqualTo(1);
    }

    @Test
    void every_healthy_copy_moves_the_deadline() {
        stable(ONE_BY_ONE);
        admit(ONE_BY_ONE, "two", 1);
        world.settle("web").place("web");
        world.pass(Duration.ofMinutes(9));
        world.settle("web");

        turn();

        assertThat(deployment(1).status().until())
                .contains(world.now().plus(Duration.ofMinutes(10)));
    }

    @Test
    void without_a_deadline_the_first_unhealthy_copy_ends_it() {
        UpdatePolicy strict = Updates.progress(ONE_BY_ONE, Duration.ZERO);
        stable(strict);
        admit(strict, "two", 1);
        world.settle("web").place("web");
        newest(1).forEach(copy -> world.report(copy, RUNNING, Optional.of(false)));

        turn();

        assertThat(deployment(1).status().phase()).isEqualTo(DeploymentPhase.FAILED);
    }

    @Test
    void a_failed_deployment_replaces_nothing_more() {
        stable(ONE_BY_ONE);
        admit(ONE_BY_ONE, "two", 1);
        world.settle("web").place("web");
        ask(1, spec -> with(spec, false, List.of(), true));
        turn();

        world.settle("web").place("web");

        assertThat(stopping()).isEmpty();
        assertThat(newest(0)).hasSize(2);
        assertThat(world.job("web").status().conditions())
                .anyMatch(c -> c.reason().equals("DeploymentFailed") && c.type().equals("Stalled"));
    }

    @Test
    void a_newer_version_cancels_the_deployment_before() {
        stable(ONE_BY_ONE);
        admit(ONE_BY_ONE, "two", 1);
        admit(ONE_BY_ONE, "three", 2);

        turn();

        assertThat(deployment(1).status().phase()).isEqualTo(DeploymentPhase.CANCELLED);
        assertThat(deployment(2).status().phase()).isEqualTo(DeploymentPhase.RUNNING);
    }

    @Test
    void people_say_what_is_healthy_where_nobody_else_does() {
        UpdatePolicy manual = Updates.manual(ONE_BY_ONE);
        admit(manual, "one", 0);
        world.settle("web");
        turn();
        assertThat(deployment(0).status().phase()).isEqualTo(DeploymentPhase.RUNNING);

        Map<String, Boolean> said = new TreeMap<>();
        newest(0).forEach(copy -> said.put(copy.id(), true));
        ask(0, s -> new DeploymentSpec("web", s.jobUid(), 0, false, List.of(), false, said));
        turn();

        assertThat(deployment(0).status().phase()).isEqualTo(DeploymentPhase.SUCCESSFUL);
    }

    // ---- surge

    @Test
    void a_surge_starts_the_new_copy_before_the_old_one_stops() {
        UpdatePolicy surge = Updates.surge(ONE_BY_ONE);
        stable(surge);

        admit(surge, "two", 1);
        assertThat(stopping()).isEmpty();
        assertThat(newest(1)).hasSize(1);
        assertThat(newest(0)).hasSize(3);

        newest(1).forEach(copy -> world.report(copy, RUNNING, Optional.of(true)));
        world.place("web");
        assertThat(stopping()).hasSize(1);
    }

    @Test
    void a_surge_that_fails_leaves_the_old_copy_as_it_is() {
        UpdatePolicy surge = Updates.surge(ONE_BY_ONE);
        stable(surge);
        admit(surge, "two", 1);
        ask(1, spec -> with(spec, false, List.of(), true));
        turn();

        world.place("web");

        assertThat(newest(1)).isEmpty();
        assertThat(newest(0)).hasSize(3);
    }

    // ---- canaries

    @Test
    void canaries_run_beside_the_copies_they_are_to_take_over_from() {
        UpdatePolicy canary = Updates.canary(ONE_BY_ONE, 1, false);
        stable(canary);

        admit(canary, "two", 1);

        assertThat(stopping()).isEmpty();
        assertThat(newest(1)).hasSize(1).allMatch(copy -> copy.spec().canary());
        assertThat(newest(0)).hasSize(3);
    }

    @Test
    void healthy_canaries_wait_for_somebody_however_long() {
        canaried(Updates.canary(ONE_BY_ONE, 1, false));
        turn();
        world.pass(Duration.ofDays(3));

        turn();

        assertThat(deployment(1).status().phase()).isEqualTo(DeploymentPhase.RUNNING);
        assertThat(because(1)).contains("it waits for somebody to promote them");
        assertThat(deployment(1).status().until()).isEmpty();
    }

    @Test
    void a_promoted_canary_takes_over_and_the_rest_follows() {
        canaried(Updates.canary(ONE_BY_ONE, 1, false));
        ask(1, spec -> with(spec, false, List.of("main"), false));

        turn();
        world.place("web");

        assertThat(newest(1)).noneMatch(copy -> copy.spec().canary());
        assertThat(stopping()).as("the old copy of its slot, and the next one").hasSize(2);
    }

    @Test
    void canaries_are_not_promoted_before_they_are_healthy() {
        UpdatePolicy canary = Updates.canary(ONE_BY_ONE, 2, false);
        stable(canary);
        admit(canary, "two", 1);
        world.report(newest(1).getFirst(), RUNNING, Optional.of(true));
        ask(1, spec -> with(spec, false, List.of("main"), false));

        turn();

        assertThat(deployment(1).status().groups().values()).noneMatch(DeploymentGroup::promoted);
        assertThat(because(1)).contains("1 of 2 canaries healthy");
    }

    @Test
    void a_canary_that_is_back_beside_its_replacement_does_not_promote_it() {
        canaried(Updates.canary(ONE_BY_ONE, 1, true));
        Allocation back = newest(1).getFirst();
        world.report(back, UNKNOWN, Optional.of(true));
        String id = "0f0f0f0f-0000-4000-8000-000000000001";
        world.put(back.withMetadata(Metadata.named("default", id).born(id, world.now())));
        Allocation replacement = world.cluster().allocationsOf(WEB).get(id).orElseThrow();
        world.report(replacement, RUNNING, Optional.empty()).report(back, RUNNING);

        turn();

        assertThat(deployment(1).status().groups().values()).noneMatch(DeploymentGroup::promoted);
        world.report(back, LOST).report(replacement, RUNNING, Optional.of(true));
        turn();
        assertThat(deployment(1).status().groups().values()).allMatch(DeploymentGroup::promoted);
    }

    @Test
    void blue_and_green_change_over_at_once() {
        canaried(Updates.canary(ONE_BY_ONE, 3, true));
        assertThat(newest(1)).hasSize(3);

        turn();
        world.place("web");

        assertThat(stopping()).hasSize(3);
        world.settle("web").place("web");
        turn();
        assertThat(deployment(1).status().phase()).isEqualTo(DeploymentPhase.SUCCESSFUL);
        assertThat(world.live("web")).hasSize(3).allMatch(c -> c.spec().jobVersion() == 1);
    }

    @Test
    void while_canaries_are_tried_a_lost_copy_is_replaced_by_its_own_version() {
        canaried(Updates.canary(ONE_BY_ONE, 1, false));
        Allocation lost = newest(0).getLast();

        world.report(lost, LOST);
        world.place("web");

        assertThat(newest(0)).hasSize(3);
        assertThat(newest(1)).hasSize(1);
    }

    @Test
    void the_canaries_of_a_failed_deployment_stop() {
        canaried(Updates.canary(ONE_BY_ONE, 1, false));
        ask(1, spec -> with(spec, false, List.of(), true));
        turn();

        world.place("web");

        assertThat(newest(1)).isEmpty();
        assertThat(newest(0)).hasSize(3);
    }

    @Test
    void a_system_job_tries_canaries_on_per_cent_of_its_nodes() {
        UpdatePolicy canary = Updates.canary(Updates.of(3), 34, false);
        world.admit(Sketch.of(JobType.SYSTEM, "web").update(canary), 0).place("web");
        world.settle("web");
        turn();

        world.admit(Sketch.of(JobType.SYSTEM, "web").update(canary).args("two"), 1).place("web");
        assertThat(stopping()).hasSize(2);
        world.settle("web").place("web");
        world.settle("web").place("web");
        turn();
        assertThat(newest(1)).hasSize(2);

        ask(1, spec -> with(spec, false, List.of("main"), false));
        turn();
        world.place("web");
        assertThat(stopping()).hasSize(1);
    }

    // ---- pause

    @Test
    void a_paused_deployment_begins_nothing_and_no_deadline_passes() {
        stable(ONE_BY_ONE);
        admit(ONE_BY_ONE, "two", 1);
        ask(1, spec -> with(spec, true, List.of(), false));
        turn();
        world.settle("web").place("web");
        world.settle("web").place("web");
        world.pass(Duration.ofDays(1));

        turn();
        assertThat(deployment(1).status().phase()).isEqualTo(DeploymentPhase.PAUSED);
        assertThat(stopping()).isEmpty();

        ask(1, spec -> with(spec, false, List.of(), false));
        turn();
        world.place("web");
        assertThat(deployment(1).status().phase()).isEqualTo(DeploymentPhase.RUNNING);
        assertThat(stopping()).hasSize(1);
    }

    // ---- auto_revert

    @Test
    void a_failed_version_returns_to_the_last_stable_one() {
        UpdatePolicy reverting = Updates.autoRevert(ONE_BY_ONE);
        stable(reverting);
        admit(reverting, "two", 1);
        world.settle("web").place("web");
        turn();
        world.pass(Duration.ofMinutes(10));

        turn();

        assertThat(because(1)).contains("the job returns to version 0");
        assertThat(world.job("web").status().version()).isEqualTo(2);
        assertThat(world.job("web").spec()).isEqualTo(version(0).spec().job());

        world.place("web");
        world.settle("web").place("web");
        world.settle("web").place("web");
        turn();
        assertThat(deployment(2).status().phase()).isEqualTo(DeploymentPhase.SUCCESSFUL);
        assertThat(world.live("web")).hasSize(3);
    }

    @Test
    void what_is_the_same_as_the_stable_version_is_not_returned_to() {
        UpdatePolicy reverting = Updates.autoRevert(ONE_BY_ONE);
        stable(reverting);
        admit(reverting, "one", 1);
        ask(1, spec -> with(spec, false, List.of(), true));

        turn();

        assertThat(because(1)).contains("stable version 0 is the same");
        assertThat(world.job("web").status().version()).isEqualTo(1);
    }

    @Test
    void a_first_version_has_nothing_to_return_to() {
        UpdatePolicy reverting = Updates.autoRevert(ONE_BY_ONE);
        admit(reverting, "one", 0);
        world.pass(Duration.ofMinutes(10));

        turn();

        assertThat(because(0)).contains("there is no stable version to return to");
    }

    // ---- together with the other loops

    @Test
    void a_copy_that_is_not_replaced_any_more_ends_it() {
        Sketch once = Sketch.service("web").count(3).update(ONE_BY_ONE).reschedule(NEVER);
        world.admit(once, 0).place("web");
        world.report(newest(0).getFirst(), FAILED);

        turn();

        assertThat(because(0)).contains("main[0]", "exit code 1", "allows no replacement");
        assertThat(deployment(0).status().phase()).isEqualTo(DeploymentPhase.FAILED);
    }

    @Test
    void a_failed_canary_is_followed_by_another_canary() {
        canaried(Updates.canary(ONE_BY_ONE, 1, false));
        world.report(newest(1).getFirst(), FAILED);
        world.place("web");
        assertThat(newest(1)).isEmpty();

        world.pass(Duration.ofSeconds(30));
        world.turn(new RestartReconciler(), WEB);
        world.place("web");

        assertThat(newest(1)).hasSize(1).allMatch(copy -> copy.spec().canary());
        assertThat(newest(0)).hasSize(3);
    }

    private static final ReschedulePolicy NEVER =
            new ReschedulePolicy(
                    Optional.of(0),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(false));

    /// Version 0 runs and is stable.
    private void stable(UpdatePolicy policy) {
        admit(policy, "one", 0);
        world.settle("web").place("web");
        turn();
        assertThat(version(0).spec().stable()).isTrue();
    }

    /// Version 1 has its canaries, and they are healthy.
    private void canaried(UpdatePolicy policy) {
        stable(policy);
        admit(policy, "two", 1);
        world.settle("web").place("web");
    }

    private void admit(UpdatePolicy policy, String args, int version) {
        world.admit(Sketch.service("web").count(3).update(policy).args(args), version);
        world.place("web");
    }

    private Decision turn() {
        return world.turn(new DeploymentReconciler(), WEB);
    }

    private void ask(int version, UnaryOperator<DeploymentSpec> change) {
        Deployment deployment = deployment(version);
        world.put(deployment.withSpec(change.apply(deployment.spec())));
    }

    private static DeploymentSpec with(
            DeploymentSpec spec, boolean paused, List<String> promoted, boolean failed) {
        return new DeploymentSpec(
                spec.jobName(),
                spec.jobUid(),
                spec.jobVersion(),
                paused,
                promoted,
                failed,
                spec.health());
    }

    private Deployment deployment(int version) {
        String uid = world.job("web").metadata().uid().orElseThrow();
        return world.cluster().deploymentsOf(WEB).get(Deployments.name(uid, version)).orElseThrow();
    }

    private JobVersion version(int number) {
        return world.cluster().version(world.job("web"), number).orElseThrow().version();
    }

    private String because(int version) {
        return deployment(version).status().because();
    }

    private List<Allocation> stopping() {
        return world.copies("web").stream().filter(c -> !c.live() && c.occupies()).toList();
    }

    /// The live copies of a version.
    private List<Allocation> newest(int version) {
        return world.live("web").stream().filter(c -> c.spec().jobVersion() == version).toList();
    }
}
