package dev.drover.reconcilers.deployment;

import static dev.drover.manifests.model.AllocationPhase.FAILED;
import static dev.drover.manifests.model.AllocationPhase.LOST;
import static dev.drover.manifests.model.AllocationPhase.RUNNING;
import static dev.drover.manifests.model.AllocationPhase.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.DeploymentGroup;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.Updates;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.placement.Placer;
import dev.drover.reconcilers.placement.Wakes;
import dev.drover.reconcilers.restart.RestartReconciler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// New copies that are tried before any other is replaced.
class CanaryTest {
    private static final ResourceName WEB = new ResourceName("default", "web");
    private static final UpdatePolicy ONE_BY_ONE = Updates.of(1);

    private final Web web = new Web();
    private final World world = web.world();

    @BeforeEach
    void three_nodes() {
        world.put(World.node("a1")).put(World.node("a2")).put(World.node("a3"));
    }

    @Test
    void canaries_run_beside_the_copies_they_are_to_take_over_from() {
        UpdatePolicy canary = Updates.canary(ONE_BY_ONE, 1, false);
        web.stable(canary);

        web.admit(canary, "two", 1);

        assertThat(web.stopping()).isEmpty();
        assertThat(web.newest(1)).hasSize(1).allMatch(copy -> copy.spec().canary());
        assertThat(web.newest(0)).hasSize(3);
    }

    @Test
    void healthy_canaries_wait_for_somebody_however_long() {
        web.canaried(Updates.canary(ONE_BY_ONE, 1, false));
        web.turn();
        world.pass(Duration.ofDays(3));

        web.turn();

        assertThat(web.deployment(1).status().phase()).isEqualTo(DeploymentPhase.RUNNING);
        assertThat(web.because(1)).contains("it waits for somebody to promote them");
        assertThat(web.deployment(1).status().until()).isEmpty();
    }

    @Test
    void a_promoted_canary_takes_over_and_the_rest_follows() {
        web.canaried(Updates.canary(ONE_BY_ONE, 1, false));
        web.ask(1, spec -> Web.with(spec, false, List.of("main"), false));

        web.turn();
        world.place("web");

        assertThat(web.newest(1)).noneMatch(copy -> copy.spec().canary());
        assertThat(web.stopping()).as("the old copy of its slot, and the next one").hasSize(2);
    }

    @Test
    void canaries_are_not_promoted_before_they_are_healthy() {
        UpdatePolicy canary = Updates.canary(ONE_BY_ONE, 2, false);
        web.stable(canary);
        web.admit(canary, "two", 1);
        world.report(web.newest(1).getFirst(), RUNNING, Optional.of(true));
        web.ask(1, spec -> Web.with(spec, false, List.of("main"), false));

        web.turn();

        assertThat(web.deployment(1).status().groups().values())
                .noneMatch(DeploymentGroup::promoted);
        assertThat(web.because(1)).contains("1 of 2 canaries healthy");
    }

    @Test
    void a_canary_that_is_back_beside_its_replacement_does_not_promote_it() {
        web.canaried(Updates.canary(ONE_BY_ONE, 1, true));
        Allocation back = web.newest(1).getFirst();
        world.report(back, UNKNOWN, Optional.of(true));
        String id = "0f0f0f0f-0000-4000-8000-000000000001";
        world.put(back.withMetadata(Metadata.named("default", id).born(id, world.now())));
        Allocation replacement = world.cluster().allocationsOf(WEB).get(id).orElseThrow();
        world.report(replacement, RUNNING, Optional.empty()).report(back, RUNNING);

        web.turn();

        assertThat(web.deployment(1).status().groups().values())
                .noneMatch(DeploymentGroup::promoted);
        world.report(back, LOST).report(replacement, RUNNING, Optional.of(true));
        web.turn();
        assertThat(web.deployment(1).status().groups().values())
                .allMatch(DeploymentGroup::promoted);
    }

    @Test
    void blue_and_green_change_over_at_once() {
        web.canaried(Updates.canary(ONE_BY_ONE, 3, true));
        assertThat(web.newest(1)).hasSize(3);

        web.turn();
        world.place("web");

        assertThat(web.stopping()).hasSize(3);
        world.settle("web").place("web");
        web.turn();
        assertThat(web.deployment(1).status().phase()).isEqualTo(DeploymentPhase.SUCCESSFUL);
        assertThat(world.live("web")).hasSize(3).allMatch(c -> c.spec().jobVersion() == 1);
    }

    @Test
    void while_canaries_are_tried_a_lost_copy_is_replaced_by_its_own_version() {
        web.canaried(Updates.canary(ONE_BY_ONE, 1, false));
        Allocation lost = web.newest(0).getLast();

        world.report(lost, LOST);
        world.place("web");

        assertThat(web.newest(0)).hasSize(3);
        assertThat(web.newest(1)).hasSize(1);
    }

    @Test
    void a_hole_that_suits_the_old_version_alone_is_filled_by_it() {
        UpdatePolicy policy = Updates.canary(ONE_BY_ONE, 1, false);
        web.stable(policy);
        Sketch nowhere = Sketch.service("web").count(3).update(policy).args("two");
        world.admit(nowhere.constraint("${attr.rack}", "=", "none"), 1).place("web");
        for (String name : List.of("a1", "a2", "a3")) {
            world.put(World.node(name).withSpec(new NodeSpec(false, Optional.empty())));
        }
        world.report(web.newest(0).getLast(), LOST).place("web");
        assertThat(web.newest(0)).hasSize(2);

        world.put(World.node("a2"));
        Wakes hole = new Wakes(new TreeSet<>(), new TreeSet<>(Set.of("a2")));
        Placer.decide(world.cluster(), hole, world.now()).forEach(world::write);

        assertThat(web.newest(0)).hasSize(3);
    }

    @Test
    void the_canaries_of_a_failed_deployment_stop() {
        web.canaried(Updates.canary(ONE_BY_ONE, 1, false));
        web.ask(1, spec -> Web.with(spec, false, List.of(), true));
        web.turn();

        world.place("web");

        assertThat(web.newest(1)).isEmpty();
        assertThat(web.newest(0)).hasSize(3);
    }

    @Test
    void a_system_job_tries_canaries_on_per_cent_of_its_nodes() {
        UpdatePolicy canary = Updates.canary(Updates.of(3), 34, false);
        world.admit(Sketch.of(JobType.SYSTEM, "web").update(canary), 0).place("web");
        world.settle("web");
        web.turn();

        world.admit(Sketch.of(JobType.SYSTEM, "web").update(canary).args("two"), 1).place("web");
        assertThat(web.stopping()).hasSize(2);
        world.settle("web").place("web");
        world.settle("web").place("web");
        web.turn();
        assertThat(web.newest(1)).hasSize(2);

        web.ask(1, spec -> Web.with(spec, false, List.of("main"), false));
        web.turn();
        world.place("web");
        assertThat(web.stopping()).hasSize(1);
    }

    @Test
    void a_system_job_is_not_taken_from_a_node_where_nothing_could_follow() {
        world.put(World.node("z1"));
        world.admit(Sketch.of(JobType.SYSTEM, "web").update(ONE_BY_ONE), 0).place("web");
        world.settle("web");
        web.turn();
        int nodes = web.newest(0).size();
        world.node("z1", node -> node.withSpec(new NodeSpec(false, Optional.empty())));

        world.admit(Sketch.of(JobType.SYSTEM, "web").update(ONE_BY_ONE).args("two"), 1);
        for (int turn = 0; turn < 3 * nodes; turn++) {
            world.place("web");
            world.settle("web");
            web.turn();
        }
        assertThat(web.newest(0)).extracting(c -> c.spec().node()).containsExactly("z1");
        assertThat(web.newest(1)).hasSize(nodes - 1);
        assertThat(web.because(1))
                .isEqualTo(
                        "every copy is healthy;"
                                + " 1 of another version on closed nodes stay until these are open");

        world.node("z1", node -> node.withSpec(NodeSpec.open())).place("web");
        world.settle("web").place("web");
        assertThat(web.newest(1)).as("it follows once its node is open").hasSize(nodes);
    }

    @Test
    void a_version_of_a_system_job_that_no_node_takes_is_not_successful() {
        UpdatePolicy policy = Updates.progress(ONE_BY_ONE, Duration.ofMinutes(10));
        world.admit(Sketch.of(JobType.SYSTEM, "web").update(policy), 0).place("web");
        world.settle("web").place("web");
        web.turn();
        List<String> nodes = web.newest(0).stream().map(copy -> copy.spec().node()).toList();
        for (String name : nodes) {
            world.node(name, node -> node.withSpec(new NodeSpec(false, Optional.empty())));
        }

        world.admit(Sketch.of(JobType.SYSTEM, "web").update(policy).args("two"), 1).place("web");
        world.pass(Duration.ofHours(1));
        web.turn();

        assertThat(web.deployment(1).status().phase()).isEqualTo(DeploymentPhase.RUNNING);
        assertThat(web.because(1))
                .isEqualTo(
                        "main: no node is open to it, %d of another version stay on closed nodes"
                                .formatted(nodes.size()));
        assertThat(web.version(1).spec().stable()).isFalse();

        world.node(nodes.getFirst(), node -> node.withSpec(NodeSpec.open())).place("web");
        web.turn();
        assertThat(web.because(1))
                .contains("0 of 1 copies healthy", "it fails at 2026-01-01T13:10:00Z");
        world.settle("web").place("web");
        world.settle("web").place("web");
        web.turn();
        assertThat(web.deployment(1).status().phase()).isEqualTo(DeploymentPhase.SUCCESSFUL);
    }

    @Test
    void of_a_system_job_that_wants_none_copies_on_closed_nodes_stop_too() {
        world.admit(Sketch.of(JobType.SYSTEM, "web"), 0).place("web");
        world.settle("web").place("web");
        String name = web.newest(0).getFirst().spec().node();
        world.node(name, node -> node.withSpec(new NodeSpec(false, Optional.empty())));

        world.admit(Sketch.of(JobType.SYSTEM, "web").count(0).args("two"), 1).place("web");

        assertThat(world.live("web")).isEmpty();
    }

    @Test
    void a_copy_that_is_carried_over_needs_no_canary_beside_it() {
        web.stable(ONE_BY_ONE);
        web.admit(ONE_BY_ONE, "two", 1);
        world.settle("web").place("web");
        world.settle("web");

        UpdatePolicy canary = Updates.canary(ONE_BY_ONE, 2, false);
        world.admit(Sketch.service("web").count(3).update(canary).args("two").priority(60), 2);
        world.place("web");

        assertThat(web.newest(2))
                .extracting(copy -> copy.spec().index(), copy -> copy.spec().canary())
                .containsExactly(tuple(0, false), tuple(1, true));
    }

    @Test
    void a_copy_that_is_carried_over_proves_nothing_for_the_canary_of_another_slot() {
        web.stable(ONE_BY_ONE);
        web.admit(ONE_BY_ONE, "two", 1);
        world.settle("web").place("web");
        UpdatePolicy canary = Updates.canary(ONE_BY_ONE, 1, true);
        world.admit(Sketch.service("web").count(3).update(canary).args("one").priority(60), 2);
        world.place("web");
        for (Allocation copy : web.newest(2)) {
            world.report(copy, copy.spec().canary() ? UNKNOWN : RUNNING, Optional.of(true));
        }

        web.turn();

        assertThat(web.newest(2))
                .extracting(copy -> copy.spec().index(), copy -> copy.spec().canary())
                .contains(tuple(0, true), tuple(2, false));
        assertThat(web.because(2)).contains("0 of 1 canaries healthy");
    }

    @Test
    void a_failed_canary_is_followed_by_another_canary() {
        web.canaried(Updates.canary(ONE_BY_ONE, 1, false));
        world.report(web.newest(1).getFirst(), FAILED);
        world.place("web");
        assertThat(web.newest(1)).isEmpty();

        world.pass(Duration.ofSeconds(30));
        world.turn(new RestartReconciler(), WEB);
        world.place("web");

        assertThat(web.newest(1)).hasSize(1).allMatch(copy -> copy.spec().canary());
        assertThat(web.newest(0)).hasSize(3);
    }
}
