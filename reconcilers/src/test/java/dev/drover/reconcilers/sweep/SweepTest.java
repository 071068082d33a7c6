package dev.drover.reconcilers.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DelayFunction;
import dev.drover.manifests.model.Deployment;
import dev.drover.manifests.model.DeploymentPhase;
import dev.drover.manifests.model.DeploymentSpec;
import dev.drover.manifests.model.DeploymentStatus;
import dev.drover.manifests.model.DesiredState;
import dev.drover.manifests.model.Hold;
import dev.drover.manifests.model.HoldSpec;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobPhase;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.JobVersion;
import dev.drover.manifests.model.Kind;
import dev.drover.manifests.model.Metadata;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.ReschedulePolicy;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.decision.Decision;
import dev.drover.reconcilers.periodic.PeriodicReconciler;
import dev.drover.reconcilers.restart.RestartReconciler;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweepTest {
    private static final ResourceName WEB = new ResourceName("default", "web");

    private final World world = new World();

    @BeforeEach
    void a_node() {
        world.put(World.node("a1"));
    }

    @Test
    void a_dead_job_goes_after_its_age_with_all_that_belongs_to_it() {
        stoppedJob();

        assertThat(sweep(Ages.USUAL).lookAgain()).contains(Sketch.NOON.plus(Ages.USUAL.job()));
        assertThat(world.cluster().jobs()).hasSize(1);
        world.pass(Ages.USUAL.job());
        sweep(Ages.USUAL);

        assertThat(world.cluster().jobs()).isEmpty();
        assertThat(world.cluster().allocationsOf(WEB)).isEmpty();
        assertThat(world.cluster().evaluationsOf(WEB)).isEmpty();
        assertThat(world.cluster().versionsOf(WEB)).isEmpty();
    }

    /// It was as it should be before, and is afterwards: its conditions tell nothing of the stop.
    @Test
    void a_job_that_ran_nothing_is_kept_from_when_it_was_stopped() {
        Sketch launcher = Sketch.of(JobType.BATCH, "web").periodic(false, "0 0 1 1 *");
        world.admit(launcher, 0).place("web");
        world.pass(Duration.ofDays(2));
        JobVersion stop = launcher.stopped().version(1);
        world.put(stop.withMetadata(stop.metadata().born("stop", world.now())));
        world.put(world.admitted(launcher, 1)).place("web");
        assertThat(world.job("web").status().phase()).isEqualTo(JobPhase.DEAD);

        assertThat(sweep(Ages.USUAL).lookAgain()).contains(world.now().plus(Ages.USUAL.job()));

        assertThat(world.cluster().jobs()).hasSize(1);
    }

    @Test
    void what_begins_and_what_runs_wakes_nobody() {
        world.admit(Sketch.service("web"), 0).place("web");
        Cluster cluster = world.cluster();
        Allocation copy = world.copies("web").getFirst();
        Stream<Resource> all =
                Stream.of(
                        world.job("web"),
                        copy,
                        cluster.evaluationsOf(WEB).stream().findFirst().orElseThrow(),
                        cluster.deploymentsOf(WEB).stream().findFirst().orElseThrow(),
                        cluster.versionsOf(WEB).stream().findFirst().orElseThrow().version());
        assertThat(all.map(ClusterChange::added))
                .allMatch(change -> concerned(change).findAny().isEmpty());

        world.report(copy, AllocationPhase.FAILED);
        Allocation over = world.copies("web").getFirst();
        assertThat(concerned(ClusterChange.changed(copy, over))).contains(WEB);
        assertThat(concerned(ClusterChange.removed(over))).contains(WEB);
    }

    private Stream<ResourceName> concerned(ClusterChange change) {
        return new SweepReconciler(Ages.USUAL).concerns(change, world.cluster());
    }

    /// Its copies go before it does, and nobody is to miss them.
    @Test
    void a_large_batch_job_that_is_complete_does_not_run_again_while_it_is_swept() {
        world.put(World.node("big", 1_000_000, 1_000_000));
        world.admit(Sketch.of(JobType.BATCH, "web").count(1_500), 0);
        world.placeAll();
        world.live("web").forEach(copy -> world.report(copy, AllocationPhase.COMPLETE));
        world.place("web");
        world.pass(Ages.USUAL.job());

        for (int part = 0; part < 10 && !world.cluster().jobs().isEmpty(); part++) {
            sweep(Ages.USUAL);
            world.placeAll();
            assertThat(world.live("web")).as("after part " + part).isEmpty();
        }

        assertThat(world.cluster().jobs()).isEmpty();
        assertThat(world.copies("web")).isEmpty();
    }

    @Test
    void a_dead_job_is_looked_at_when_its_only_version_loses_its_tag() {
        world.admit(Sketch.of(JobType.BATCH, "web"), 0).place("web");
        world.report(world.live("web").getFirst(), AllocationPhase.COMPLETE).place("web");
        JobVersion plain = world.cluster().version(world.job("web"), 0).orElseThrow().version();
        JobVersion tagged =
                new JobVersion(plain.metadata(), plain.spec().withTag(Optional.of("golden")));
        world.put(tagged);
        sweep(Ages.NONE);
        assertThat(world.cluster().jobs()).hasSize(1);

        world.put(plain);
        assertThat(concerned(ClusterChange.changed(tagged, plain))).contains(WEB);
        sweep(Ages.NONE);

        assertThat(world.cluster().jobs()).isEmpty();
    }

    @Test
    void on_demand_it_goes_at_once() {
        stoppedJob();

        sweep(Ages.NONE);

        assertThat(world.cluster().jobs()).isEmpty();
    }

    @Test
    void a_job_that_is_stopping_stays() {
        world.admit(Sketch.service("web"), 0).place("web");
        world.settle("web");
        world.admit(Sketch.service("web").stopped(), 1).place("web");

        sweep(Ages.NONE);

        assertThat(world.cluster().jobs()).hasSize(1);
        assertThat(world.copies("web")).hasSize(1);
    }

    @Test
    void a_job_that_is_to_be_deleted_goes_once_nothing_runs() {
        world.admit(Sketch.service("web"), 0).place("web");
        Job job = world.job("web");
        world.put(job.withMetadata(job.metadata().deleted(world.now()))).place("web");
        sweep(Ages.USUAL);
        assertThat(world.cluster().jobs()).hasSize(1);

        world.settle("web");
        sweep(Ages.USUAL);

        assertThat(world.cluster()).returns(0, c -> c.jobs().size());
    }

    @Test
    void the_newest_copy_of_a_slot_stays_so_that_its_number_goes_on() {
        world.admit(Sketch.of(JobType.BATCH, "web").count(2), 0).place("web");
        world.settle("web");
        world.copies("web").forEach(copy -> world.report(copy, AllocationPhase.COMPLETE));
        world.admit(Sketch.of(JobType.BATCH, "web").count(3), 1).place("web");
        world.pass(Duration.ofDays(1));

        sweep(Ages.USUAL);

        assertThat(world.copies("web")).extracting(a -> a.spec().index()).containsExactly(0, 1, 2);
    }

    @Test
    void failures_that_count_for_the_next_replacement_stay() {
        ReschedulePolicy twenty =
                new ReschedulePolicy(
                        Optional.of(20),
                        Optional.of(Duration.ofDays(1)),
                        Optional.of(Duration.ofMinutes(10)),
                        Optional.of(DelayFunction.CONSTANT),
                        Optional.empty(),
                        Optional.of(false));
        world.admit(Sketch.service("web").reschedule(twenty), 0).place("web");
        for (int failure = 0; failure < 20; failure++) {
            world.report(world.live("web").getFirst(), AllocationPhase.FAILED);
            world.pass(Duration.ofMinutes(11));
            world.turn(new RestartReconciler(), WEB);
            world.place("web");
            sweep(Ages.NONE);
        }
        world.report(world.live("web").getFirst(), AllocationPhase.FAILED);
        world.pass(Duration.ofMinutes(11));
        world.turn(new RestartReconciler(), WEB);

        assertThat(world.place("web").because()).isEqualTo("nothing is to be done");
        assertThat(world.live("web")).as("20 in a day are used up").isEmpty();
    }

    @Test
    void a_deleted_copy_goes_as_soon_as_it_is_over_and_another_has_its_slot() {
        world.admit(Sketch.service("web"), 0).place("web");
        world.settle("web");
        Allocation deleted = world.copies("web").getFirst();
        world.put(
                deleted.withMetadata(deleted.metadata().deleted(world.now()))
                        .withSpec(deleted.spec().stopped(DesiredState.STOP, "it was deleted")));
        sweep(Ages.USUAL);
        world.settle("web");
        sweep(Ages.USUAL);
        assertThat(world.copies("web")).as("nothing has its slot yet").hasSize(1);

        world.place("web");
        sweep(Ages.USUAL);

        assertThat(world.copies("web"))
                .singleElement()
                .returns(1, copy -> copy.spec().attempt())
                .returns(true, Allocation::live);
    }

    @Test
    void copies_beyond_the_last_eight_of_a_slot_go() {
        world.admit(Sketch.service("web"), 0);
        for (int i = 0; i < 12; i++) {
            world.place("web");
            world.live("web").forEach(copy -> world.report(copy, AllocationPhase.LOST));
        }
        world.place("web");
        world.pass(Ages.USUAL.history());

        sweep(Ages.USUAL);

        assertThat(world.copies("web")).hasSize(8);
        assertThat(world.live("web")).hasSize(1);
    }

    @Test
    void versions_that_run_and_the_last_six_stay() {
        for (int version = 0; version < 10; version++) {
            world.admit(Sketch.service("web").priority(50 + version), version);
            if (version == 1) {
                world.place("web");
            }
        }

        sweep(Ages.USUAL);

        assertThat(world.cluster().versionsOf(WEB).stream().map(k -> k.version().spec().version()))
                .containsExactlyInAnyOrder(1, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void evaluations_that_a_copy_refers_to_stay() {
        world.admit(Sketch.service("web"), 0).place("web");
        world.settle("web");
        String first = world.copies("web").getFirst().spec().evaluation();
        world.pass(Duration.ofDays(2));
        world.admit(Sketch.service("web").count(2), 1).place("web");
        world.pass(Duration.ofDays(2));

        sweep(Ages.USUAL);

        assertThat(world.copies("web").stream().map(Allocation::spec).map(s -> s.evaluation()))
                .allMatch(id -> evaluation(world.cluster(), id));
        assertThat(first).isNotEmpty();
    }

    @Test
    void what_others_have_yet_to_clean_up_after_stays() {
        stoppedJob();
        Job job = world.job("web");
        world.put(job.withMetadata(job.metadata().withFinalizers(List.of("acme.org/dns"))));

        sweep(Ages.NONE);
        assertThat(world.cluster().jobs()).hasSize(1);

        world.put(job.withMetadata(world.job("web").metadata().withFinalizers(List.of())));
        sweep(Ages.NONE);
        assertThat(world.cluster().jobs()).isEmpty();
    }

    @Test
    void what_a_job_launched_ends_with_it() {
        world.admit(Sketch.of(JobType.BATCH, "web").periodic(false, "* * * * *"), 0);
        world.pass(Duration.ofMinutes(1));
        world.turn(new PeriodicReconciler(), WEB);
        ResourceName child =
                world.cluster().launchedBy(world.job("web")).findFirst().orElseThrow().name();
        world.place(child.name());
        Job parent = world.job("web");
        assertThat(world.turn(new SweepReconciler(Ages.USUAL), child).actions()).isEmpty();

        world.remove(parent);
        assertThat(
                        new SweepReconciler(Ages.USUAL)
                                .concerns(ClusterChange.removed(parent), world.cluster()))
                .contains(child);
        world.turn(new SweepReconciler(Ages.USUAL), child);

        assertThat(world.cluster().job(child).orElseThrow().stopped()).isTrue();
        world.place(child.name());
        assertThat(world.live(child.name())).isEmpty();
        world.settle(child.name()).place(child.name());
        world.turn(new SweepReconciler(Ages.USUAL), child);
        assertThat(world.cluster().jobs()).isEmpty();
    }

    @Test
    void a_stopped_job_stays_while_what_it_launched_is_there() {
        Sketch launcher = Sketch.of(JobType.BATCH, "web").periodic(false, "* * * * *");
        world.admit(launcher, 0);
        world.pass(Duration.ofMinutes(1));
        world.turn(new PeriodicReconciler(), WEB);
        Job child = world.cluster().launchedBy(world.job("web")).findFirst().orElseThrow();
        world.place(child.metadata().name());
        world.admit(launcher.stopped(), 1).place("web");
        assertThat(world.job("web").status().phase()).isEqualTo(JobPhase.DEAD);

        sweep(Ages.NONE);
        assertThat(world.cluster().jobs()).as("it runs on").hasSize(2);

        world.remove(world.job(child.metadata().name()));
        assertThat(concerned(ClusterChange.removed(child))).contains(WEB);
        sweep(Ages.NONE);
        assertThat(world.cluster().jobs()).isEmpty();
    }

    @Test
    void deployments_go_but_for_the_newest_and_those_that_go_on() {
        world.admit(Sketch.service("web"), 2).place("web");
        world.settle("web").place("web");
        deployment(0, DeploymentPhase.SUCCESSFUL);
        deployment(1, DeploymentPhase.RUNNING);
        deployment(2, DeploymentPhase.SUCCESSFUL);
        world.pass(Ages.USUAL.history());

        sweep(Ages.USUAL);

        assertThat(world.cluster().deploymentsOf(WEB).stream().map(d -> d.spec().jobVersion()))
                .contains(1, 2)
                .doesNotContain(0);
    }

    @Test
    void holds_go_when_they_are_over() {
        world.admit(Sketch.service("web"), 0).place("web");
        world.put(hold(Optional.of(Sketch.NOON)));
        world.pass(Ages.USUAL.history());

        sweep(Ages.USUAL);

        assertThat(world.cluster().holds()).isEmpty();
    }

    @Test
    void holds_go_with_their_job() {
        stoppedJob();
        Hold ever = hold(Optional.empty());
        world.put(ever);
        sweep(Ages.NONE);
        assertThat(world.cluster().jobs()).as("it is held").hasSize(1);

        world.put(hold(Optional.of(world.now())));
        sweep(Ages.NONE);
        assertThat(world.cluster().holds()).isEmpty();
        assertThat(world.cluster().jobs()).isEmpty();
    }

    @Test
    void a_node_that_is_missed_for_a_day_and_holds_nothing_goes() {
        world.admit(Sketch.service("web"), 0).place("web");
        world.node("a1", n -> n.withStatus(n.status().in(NodePhase.DOWN, "silent", world.now())));
        world.pass(Ages.USUAL.node());
        assertThat(sweepNode().because()).isEqualTo("what it holds is not known to be over");

        world.report(world.copies("web").getFirst(), AllocationPhase.LOST);
        sweepNode();

        assertThat(world.cluster().nodes()).isEmpty();
    }

    @Test
    void a_node_that_is_missed_for_less_stays() {
        world.node("a1", n -> n.withStatus(n.status().in(NodePhase.DOWN, "silent", world.now())));

        assertThat(sweepNode().lookAgain()).contains(Sketch.NOON.plus(Ages.USUAL.node()));
        assertThat(world.cluster().nodes()).hasSize(1);
    }

    private Decision sweepNode() {
        return world.turn(new NodeSweepReconciler(Ages.USUAL), ResourceName.cluster("a1"));
    }

    private static Hold hold(Optional<Instant> until) {
        return new Hold(
                Metadata.named("default", "job-web"),
                new HoldSpec(Kind.JOB, "web", "ann", "we look into it", until));
    }

    private void deployment(int version, DeploymentPhase phase) {
        world.put(
                new Deployment(
                        Metadata.named("default", "d" + version).born("d" + version, Sketch.NOON),
                        DeploymentSpec.of("web", "uid-of-web", version),
                        new DeploymentStatus(
                                phase,
                                "it was so",
                                Map.of(),
                                Optional.empty(),
                                phase.active() ? Optional.empty() : Optional.of(Sketch.NOON))));
    }

    private static boolean evaluation(Cluster cluster, String id) {
        return cluster.evaluationsOf(WEB).get(id).isPresent();
    }

    private void stoppedJob() {
        world.admit(Sketch.service("web"), 0).place("web");
        world.settle("web");
        world.admit(Sketch.service("web").stopped(), 1).place("web");
        world.settle("web").place("web");
    }

    private Decision sweep(Ages ages) {
        return world.turn(new SweepReconciler(ages), WEB);
    }
}
