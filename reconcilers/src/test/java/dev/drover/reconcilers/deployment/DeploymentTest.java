package dev.drover.reconcilers.deployment;

import static dev.drover.manifests.model.AllocationPhase.FAILED;
import static dev.drover.manifests.model.AllocationPhase.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.DeploymentSpec;
import dev.drover.manifests.model.ReschedulePolicy;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.Updates;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.decision.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeploymentTest {
    private static final UpdatePolicy ONE_BY_ONE = Updates.of(1);

    private static final ReschedulePolicy NEVER =
            new ReschedulePolicy(
                    Optional.of(0),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(false));

    private final Web web = new Web();
    private final World world = web.world();

    @BeforeEach
    void three_nodes() {
        world.put(World.node("a1")).put(World.node("a2")).put(World.node("a3"));
    }

    // ---- rolling

    @Test
    void a_version_is_stable_once_every_copy_is_healthy() {
        web.admit(ONE_BY_ONE, "one", 0);
        assertThat(web.deployment(0).status().phase()).isEqualTo(DeploymentPhase.RUNNING);

        world.settle("web");
        web.turn();

        assertThat(web.deployment(0).status().phase()).isEqualTo(DeploymentPhase.SUCCESSFUL);
        assertThat(web.version(0).spec().stable()).isTrue();
    }

    /// What would be written for each job when a node is lost.
    @Test
    void how_far_it_is_is_written_with_what_the_placer_did() {
        web.admit(ONE_BY_ONE, "one", 0);
        assertThat(web.deployment(0).status().groups().values())
                .allMatch(group -> group.placed() == 3);
        assertThat(web.turn().actions()).isEmpty();

        world.report(web.newest(0).getFirst(), AllocationPhase.LOST);
        world.place("web");
        assertThat(web.turn().actions()).isEmpty();
    }

    @Test
    void a_copy_that_runs_and_is_not_healthy_yet_holds_the_next_one_back() {
        web.stable(ONE_BY_ONE);
        web.admit(ONE_BY_ONE, "two", 1);
        assertThat(web.stopping()).hasSize(1);
        world.settle("web").place("web");

        web.newest(1).forEach(copy -> world.report(copy, RUNNING));
        world.place("web");
        web.turn();
        assertThat(web.stopping()).isEmpty();
        assertThat(web.because(1))
                .contains("0 of 3 copies healthy", "is not healthy yet", "it fails at");

        web.newest(1).forEach(copy -> world.report(copy, RUNNING, Optional.of(true)));
        world.place("web");
        assertThat(web.stopping()).hasSize(1);
    }

    @Test
    void what_a_copy_waits_for_before_it_begins_is_said() {
        web.admit(ONE_BY_ONE, "one", 0);
        world.waits(web.newest(0).getFirst(), "Missing: nomadVar x").place("web");
        web.turn();

        assertThat(web.because(0)).contains("waits: Missing: nomadVar x; it fails at");
    }

    @Test
    void an_unhealthy_copy_holds_everything_back_until_the_deadline() {
        web.stable(Updates.of(2));
        web.admit(Updates.of(2), "two", 1);
        world.settle("web").place("web");
        world.report(web.newest(1).get(0), RUNNING, Optional.of(false));
        world.report(web.newest(1).get(1), RUNNING, Optional.of(true));

        world.place("web");

        assertThat(web.stopping()).isEmpty();
        web.turn();
        assertThat(web.because(1)).contains("is not healthy");
    }

    @Test
    void it_fails_when_nothing_became_healthy_before_the_deadline() {
        web.stable(ONE_BY_ONE);
        web.admit(ONE_BY_ONE, "two", 1);
        world.settle("web").place("web");
        web.turn();

        world.pass(Duration.ofMinutes(10));
        web.turn();

        assertThat(web.deployment(1).status().phase()).isEqualTo(DeploymentPhase.FAILED);
        assertThat(web.because(1)).contains("no more copies became healthy within 10 min");
        assertThat(world.job("web").status().version()).isEqualTo(1);
    }

    @Test
    void every_healthy_copy_moves_the_deadline() {
        web.stable(ONE_BY_ONE);
        web.admit(ONE_BY_ONE, "two", 1);
        world.settle("web").place("web");
        world.pass(Duration.ofMinutes(9));
        world.settle("web");

        web.turn();

        assertThat(web.deployment(1).status().until())
                .contains(world.now().plus(Duration.ofMinutes(10)));
    }

    @Test
    void without_a_deadline_the_first_unhealthy_copy_ends_it() {
        UpdatePolicy strict = Updates.progress(ONE_BY_ONE, Duration.ZERO);
        web.stable(strict);
        web.admit(strict, "two", 1);
        world.settle("web").place("web");
        web.newest(1).forEach(copy -> world.report(copy, RUNNING, Optional.of(false)));

        web.turn();

        assertThat(web.deployment(1).status().phase()).isEqualTo(DeploymentPhase.FAILED);
    }

    @Test
    void a_failed_deployment_replaces_nothing_more() {
        web.stable(ONE_BY_ONE);
        web.admit(ONE_BY_ONE, "two", 1);
        world.settle("web").place("web");
        web.ask(1, spec -> Web.with(spec, false, List.of(), true));
        web.turn();

        world.settle("web").place("web");

        assertThat(web.stopping()).isEmpty();
        assertThat(web.newest(0)).hasSize(2);
        assertThat(world.job("web").status().conditions())
                .anyMatch(c -> c.reason().equals("DeploymentFailed") && c.type().equals("Stalled"));
    }

    @Test
    void a_newer_version_cancels_the_deployment_before() {
        web.stable(ONE_BY_ONE);
        web.admit(ONE_BY_ONE, "two", 1);
        web.admit(ONE_BY_ONE, "three", 2);

        web.turn();

        assertThat(web.deployment(1).status().phase()).isEqualTo(DeploymentPhase.CANCELLED);
        assertThat(web.deployment(2).status().phase()).isEqualTo(DeploymentPhase.RUNNING);
    }

    @Test
    void people_say_what_is_healthy_where_nobody_else_does() {
        UpdatePolicy manual = Updates.manual(ONE_BY_ONE);
        web.admit(manual, "one", 0);
        world.settle("web");
        web.turn();
        assertThat(web.deployment(0).status().phase()).isEqualTo(DeploymentPhase.RUNNING);

        Map<String, Boolean> said = new TreeMap<>();
        web.newest(0).forEach(copy -> said.put(copy.id(), true));
        web.ask(0, s -> new DeploymentSpec("web", s.jobUid(), 0, false, List.of(), false, said));
        web.turn();

        assertThat(web.deployment(0).status().phase()).isEqualTo(DeploymentPhase.SUCCESSFUL);
    }

    // ---- surge

    @Test
    void a_surge_starts_the_new_copy_before_the_old_one_stops() {
        UpdatePolicy surge = Updates.surge(ONE_BY_ONE);
        web.stable(surge);

        web.admit(surge, "two", 1);
        assertThat(web.stopping()).isEmpty();
        assertThat(web.newest(1)).hasSize(1);
        assertThat(web.newest(0)).hasSize(3);

        web.newest(1).forEach(copy -> world.report(copy, RUNNING, Optional.of(true)));
        world.place("web");
        assertThat(web.stopping()).hasSize(1);
    }

    @Test
    void an_old_copy_stops_on_condition_that_the_newer_one_is_as_it_was_seen() {
        web.stable(Updates.surge(ONE_BY_ONE));
        web.admit(Updates.surge(ONE_BY_ONE), "two", 1);
        world.report(web.newest(1).getFirst(), RUNNING, Optional.of(true));
        Allocation newer = web.newest(1).getFirst();

        Decision decision = world.place("web");

        assertThat(web.stopping()).hasSize(1);
        assertThat(decision.actions()).contains(new Action.Unchanged(newer));
    }

    @Test
    void a_surge_that_fails_leaves_the_old_copy_as_it_is() {
        UpdatePolicy surge = Updates.surge(ONE_BY_ONE);
        web.stable(surge);
        web.admit(surge, "two", 1);
        web.ask(1, spec -> Web.with(spec, false, List.of(), true));
        web.turn();

        world.place("web");

        assertThat(web.newest(1)).isEmpty();
        assertThat(web.newest(0)).hasSize(3);
    }

    @Test
    void a_surge_that_fails_leaves_one_copy_in_the_slot_though_neither_is_healthy() {
        UpdatePolicy surge = Updates.surge(ONE_BY_ONE);
        web.stable(surge);
        web.admit(surge, "two", 1);
        Allocation tried = web.newest(1).getFirst();
        web.newest(0).forEach(old -> world.report(old, RUNNING, Optional.of(false)));
        world.report(tried, RUNNING, Optional.of(false));
        web.ask(1, spec -> Web.with(spec, false, List.of(), true));
        web.turn();

        world.place("web");
        world.settle("web").place("web");

        assertThat(web.newest(1)).isEmpty();
        assertThat(web.newest(0)).hasSize(3);
    }

    // ---- pause

    @Test
    void a_paused_deployment_begins_nothing_and_no_deadline_passes() {
        web.stable(ONE_BY_ONE);
        web.admit(ONE_BY_ONE, "two", 1);
        web.ask(1, spec -> Web.with(spec, true, List.of(), false));
        web.turn();
        world.settle("web").place("web");
        world.settle("web").place("web");
        world.pass(Duration.ofDays(1));

        web.turn();
        assertThat(web.deployment(1).status().phase()).isEqualTo(DeploymentPhase.PAUSED);
        assertThat(web.stopping()).isEmpty();

        web.ask(1, spec -> Web.with(spec, false, List.of(), false));
        web.turn();
        world.place("web");
        assertThat(web.deployment(1).status().phase()).isEqualTo(DeploymentPhase.RUNNING);
        assertThat(web.stopping()).hasSize(1);
    }

    // ---- auto_revert

    @Test
    void a_failed_version_returns_to_the_last_stable_one() {
        UpdatePolicy reverting = Updates.autoRevert(ONE_BY_ONE);
        web.stable(reverting);
        web.admit(reverting, "two", 1);
        world.settle("web").place("web");
        web.turn();
        world.pass(Duration.ofMinutes(10));

        web.turn();

        assertThat(web.because(1)).contains("the job returns to version 0");
        assertThat(world.job("web").status().version()).isEqualTo(2);
        assertThat(world.job("web").spec()).isEqualTo(web.version(0).spec().job());

        world.place("web");
        world.settle("web").place("web");
        world.settle("web").place("web");
        web.turn();
        assertThat(web.deployment(2).status().phase()).isEqualTo(DeploymentPhase.SUCCESSFUL);
        assertThat(world.live("web")).hasSize(3);
    }

    @Test
    void what_is_the_same_as_the_stable_version_is_not_returned_to() {
        UpdatePolicy reverting = Updates.autoRevert(ONE_BY_ONE);
        web.stable(reverting);
        web.admit(reverting, "one", 1);
        web.ask(1, spec -> Web.with(spec, false, List.of(), true));

        web.turn();

        assertThat(web.because(1)).contains("stable version 0 is the same");
        assertThat(world.job("web").status().version()).isEqualTo(1);
    }

    @Test
    void a_first_version_has_nothing_to_return_to() {
        UpdatePolicy reverting = Updates.autoRevert(ONE_BY_ONE);
        web.admit(reverting, "one", 0);
        world.pass(Duration.ofMinutes(10));

        web.turn();

        assertThat(web.because(0)).contains("there is no stable version to return to");
    }

    // ---- together with the other loops

    @Test
    void a_copy_that_is_not_replaced_any_more_ends_it() {
        Sketch once = Sketch.service("web").count(3).update(ONE_BY_ONE).reschedule(NEVER);
        world.admit(once, 0).place("web");
        world.report(web.newest(0).getFirst(), FAILED);

        web.turn();

        assertThat(web.because(0)).contains("main[0]", "exit code 1", "allows no replacement");
        assertThat(web.deployment(0).status().phase()).isEqualTo(DeploymentPhase.FAILED);
    }
}
