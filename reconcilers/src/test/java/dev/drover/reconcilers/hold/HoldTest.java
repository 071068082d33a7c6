package dev.drover.reconcilers.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.Condition;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.DeploymentStatus;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.HoldSpec;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.ResourceName;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.Updates;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.deployment.DeploymentReconciler;
import dev.drover.reconcilers.deployment.Deployments;
import dev.drover.reconcilers.drain.DrainReconciler;
import dev.drover.reconcilers.placement.Wakes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldTest {
    private static final Instant ONE = Sketch.NOON.plus(Duration.ofHours(1));
    private static final ResourceName A1 = ResourceName.cluster("a1");

    private final World world = new World();

    @BeforeEach
    void a_service_that_runs() {
        world.put(World.node("a1"));
        world.admit(Sketch.service("web").count(2), 0).place("web");
        world.settle("web").place("web");
    }

    @Test
    void a_held_job_stays_as_it_is_and_says_what_would_be_done() {
        hold(Kind.JOB, "web");
        world.admit(Sketch.service("web").count(4), 1);

        world.place("web");

        assertThat(world.live("web")).hasSize(2);
        assertThat(stalled().reason()).isEqualTo("Held");
        assertThat(stalled().message())
                .isEqualTo(
                        "held by ann until 2026-01-01T13:00:00Z: we look into it;"
                                + " without that: 2 placed, 2 updated in place");
    }

    @Test
    void it_says_so_once() {
        hold(Kind.JOB, "web");
        world.admit(Sketch.service("web").count(4), 1);
        world.place("web");

        assertThat(world.place("web").actions()).isEmpty();
    }

    /// Or it would be swept in the moment of its release.
    @Test
    void a_job_that_is_to_run_again_is_not_over_while_it_is_held() {
        world.admit(Sketch.of(JobType.BATCH, "once"), 0).place("once");
        world.report(world.live("once").getFirst(), AllocationPhase.COMPLETE).place("once");
        assertThat(world.job("once").status().phase()).isEqualTo(JobPhase.DEAD);
        hold(Kind.JOB, "once");

        world.admit(Sketch.of(JobType.BATCH, "once").args("two"), 1).place("once");

        assertThat(world.job("once").status().phase()).isEqualTo(JobPhase.PENDING);
    }

    @Test
    void what_others_wait_for_is_not_given_to_it() {
        hold(Kind.JOB, "web");
        world.admit(Sketch.service("web").count(4).resources(100, 4_000), 1);
        world.place("web");

        world.admit(Sketch.service("other").resources(100, 7_900), 0).place("other");

        assertThat(world.live("other")).hasSize(1);
    }

    @Test
    void after_its_time_or_its_release_loops_act_again() {
        Hold hold = hold(Kind.JOB, "web");
        world.admit(Sketch.service("web").count(4), 1);
        world.place("web");

        world.remove(hold).place("web");
        assertThat(world.live("web")).hasSize(4);

        hold(Kind.JOB, "web");
        world.pass(Duration.ofHours(1));
        world.admit(Sketch.service("web").count(5), 2).place("web");
        assertThat(world.live("web")).hasSize(5);
    }

    @Test
    void a_held_node_is_not_emptied() {
        drained();
        hold(Kind.NODE, "a1");
        Decision drain = new DrainReconciler().decide(A1, world.cluster(), world.now());

        Decision decision = Holds.respected(drain, Kind.NODE, A1, world.cluster(), world.now());

        assertThat(drain.actions()).isNotEmpty();
        assertThat(decision.actions()).isEmpty();
        assertThat(decision.because()).contains("held by ann", "without that: 1 allocations leave");
        assertThat(decision.lookAgain()).contains(ONE);
    }

    @Test
    void nothing_new_comes_to_a_held_node() {
        hold(Kind.NODE, "a1");
        world.admit(Sketch.service("new"), 0).place("new");

        assertThat(world.live("new")).isEmpty();
        assertThat(world.live("web")).as("what is there stays").hasSize(2);
        assertThat(world.unplaced().refusals().getFirst().reason())
                .isEqualTo("node is held by ann until 2026-01-01T13:00:00Z: we look into it");

        world.put(World.node("b1")).placeAll();
        assertThat(world.live("new"))
                .singleElement()
                .extracting(a -> a.spec().node())
                .isEqualTo("b1");
    }

    @Test
    void a_system_job_comes_to_a_held_node_when_it_is_released() {
        Hold hold = hold(Kind.NODE, "a1");
        world.admit(Sketch.of(JobType.SYSTEM, "agent"), 0).place("agent");
        assertThat(world.live("agent")).isEmpty();

        Wakes wakes = Wakes.of(List.of(ClusterChange.removed(hold)), world.cluster());
        assertThat(wakes.jobs()).contains(new ResourceName("default", "agent"));
        assertThat(wakes.roomier()).contains("a1");
        world.remove(hold).place("agent");

        assertThat(world.live("agent")).hasSize(1);
    }

    @Test
    void copies_of_a_held_job_stay_on_a_node_that_is_emptied() {
        world.admit(Sketch.service("other"), 0).place("other");
        world.settle("other").place("other");
        hold(Kind.JOB, "web");
        drained();

        world.turn(new DrainReconciler(), A1);

        assertThat(world.live("web")).hasSize(2);
        assertThat(world.live("other")).isEmpty();
        assertThat(world.turn(new DrainReconciler(), A1).because())
                .contains("stay: their jobs are held");
    }

    @Test
    void no_deadline_of_a_deployment_passes_while_its_job_is_held() {
        UpdatePolicy policy = Updates.progress(Updates.of(1), Duration.ofMinutes(10));
        world.admit(Sketch.service("web").count(2).update(policy).args("two"), 1).place("web");
        assertThat(deployment().status().until()).isPresent();
        Hold hold = hold(Kind.JOB, "web");

        deploy();

        assertThat(deployment().status().until()).isEmpty();
        assertThat(deployment().status().because())
                .isEqualTo(hold.text() + "; no deadline passes meanwhile");
        assertThat(deploy().actions()).as("it says so once").isEmpty();
        assertThat(world.last().lookAgain()).contains(ONE);

        world.pass(Duration.ofMinutes(30));
        world.remove(hold);
        deploy();

        assertThat(deployment().status().phase()).isEqualTo(DeploymentPhase.RUNNING);
        assertThat(deployment().status().until())
                .contains(world.now().plus(Duration.ofMinutes(10)));
    }

    @Test
    void a_paused_deployment_of_a_held_job_stays_as_it_is() {
        world.admit(Sketch.service("web").count(2).maxParallel(1).args("two"), 1).place("web");
        Deployment some = deployment();
        DeploymentStatus paused =
                new DeploymentStatus(
                        DeploymentPhase.PAUSED,
                        "somebody paused it",
                        some.status().groups(),
                        Optional.empty(),
                        Optional.empty());
        world.put(some.withStatus(paused));
        hold(Kind.JOB, "web");

        deploy();

        assertThat(deployment().status()).isEqualTo(paused);
    }

    private Decision deploy() {
        return world.turn(new DeploymentReconciler(), new ResourceName("default", "web"));
    }

    private Deployment deployment() {
        return Deployments.of(world.job("web"), world.cluster()).orElseThrow();
    }

    private void drained() {
        DrainSpec drain = new DrainSpec(Optional.of(ONE), false);
        world.node("a1", node -> node.withSpec(new NodeSpec(false, Optional.of(drain))));
    }

    private Hold hold(Kind kind, String name) {
        Hold hold =
                new Hold(
                        Metadata.named("default", Hold.nameOf(kind, name)),
                        new HoldSpec(kind, name, "ann", "we look into it", Optional.of(ONE)));
        world.put(hold);
        return hold;
    }

    private Condition stalled() {
        return world.job("web").status().conditions().stream()
                .filter(c -> c.type().equals("Stalled"))
                .findFirst()
                .orElseThrow();
    }
}
