package dev.drover.reconcilers.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.AllocationPhase;
import dev.drover.manifests.model.DrainSpec;
import dev.drover.manifests.model.Job;
import dev.drover.manifests.model.JobType;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.NodeSpec;
import dev.drover.manifests.model.NodeStatus;
import dev.drover.manifests.model.UpdatePolicy;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.Updates;
import dev.drover.reconcilers.World;
import dev.drover.reconcilers.absence.AbsenceReconciler;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.decision.Reconciler;
import dev.drover.reconcilers.deployment.DeploymentReconciler;
import dev.drover.reconcilers.drain.DrainReconciler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// As long as nobody writes in between, what is foreseen is what then happens: in random clusters,
/// each told by its seed.
class ForecastPropertyTest {
    private static final int SEEDS = 150;
    private static final int ROUNDS_MAX = 200;
    private static final DrainSpec DRAIN =
            new DrainSpec(Optional.of(Sketch.NOON.plus(Duration.ofHours(1))), false);

    @Test
    void a_drain_moves_what_was_foreseen() {
        int moves = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            World world = cluster(random);
            Set<String> nodes = some(random, world.cluster());
            WhatIf foreseen = WhatIf.drain(nodes, DRAIN, world.cluster(), world.now());
            Set<String> before = ids(world.cluster());

            for (String node : nodes) {
                world.node(node, n -> n.withSpec(new NodeSpec(false, Optional.of(DRAIN))));
            }
            settle(world, nodes, new DrainReconciler());
            world.pass(Duration.ofHours(1));
            settle(world, nodes, new DrainReconciler());

            assertThat(arrived(world.cluster(), before)).as("seed " + seed).isEqualTo(to(foreseen));
            moves += foreseen.moves().size();
        }
        assertThat(moves).as("that there was something to foresee").isGreaterThan(SEEDS);
    }

    @Test
    void a_loss_moves_what_was_foreseen() {
        int moves = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            World world = cluster(random);
            Set<String> nodes = some(random, world.cluster());
            WhatIf foreseen = WhatIf.lose(nodes, world.cluster(), world.now());
            Set<String> before = ids(world.cluster());

            for (String node : nodes) {
                world.node(node, n -> n.withStatus(gone(n.status())));
            }
            settle(world, nodes, new AbsenceReconciler());

            assertThat(arrived(world.cluster(), before)).as("seed " + seed).isEqualTo(to(foreseen));
            moves += foreseen.moves().size();
        }
        assertThat(moves).as("that there was something to foresee").isGreaterThan(SEEDS);
    }

    @Test
    void an_update_moves_what_was_foreseen() {
        int moves = 0;
        int halts = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            World world = cluster(random);
            Sketch update = update(random, world.cluster());
            WhatIf foreseen = WhatIf.run(world.admitted(update, 1), world.cluster(), world.now());
            Set<String> before = ids(world.cluster());

            world.admit(update, 1);
            settle(world, Set.of(), new DrainReconciler());

            assertThat(arrived(world.cluster(), before)).as("seed " + seed).isEqualTo(to(foreseen));
            assertThat(halted(world.cluster())).as("seed " + seed).isEqualTo(foreseen.waits());
            moves += foreseen.moves().size();
            halts += foreseen.waits().size();
        }
        assertThat(moves).as("that there was something to foresee").isGreaterThan(SEEDS);
        assertThat(halts).as("that somebody had to promote").isGreaterThan(SEEDS / 10);
    }

    /// Another version of one of the jobs: larger or smaller, more or fewer, by any way to update.
    private static Sketch update(SplittableRandom random, Cluster cluster) {
        List<Job> jobs = cluster.jobs().stream().toList();
        Job job = jobs.get(random.nextInt(jobs.size()));
        UpdatePolicy policy = Updates.of(1 + random.nextInt(3));
        if (random.nextBoolean()) {
            policy = Updates.canary(policy, 1 + random.nextInt(4), random.nextBoolean());
        }
        if (random.nextInt(4) == 0) {
            policy = Updates.surge(policy);
        }
        Sketch sketch =
                Sketch.of(job.type(), job.metadata().name())
                        .count(1 + random.nextInt(6))
                        .args("another")
                        .resources(100 + random.nextInt(600), 100 + random.nextInt(900));
        return job.type() == JobType.BATCH ? sketch : sketch.update(policy);
    }

    /// What waits for somebody to promote its canaries.
    private static Map<String, String> halted(Cluster cluster) {
        Map<String, String> halted = new TreeMap<>();
        for (Job job : cluster.jobs()) {
            cluster.deploymentsOf(job.name()).stream()
                    .filter(some -> some.status().phase().active())
                    .filter(some -> some.status().because().contains("somebody to promote"))
                    .forEach(some -> halted.put(job.name().toString(), some.status().because()));
        }
        return halted;
    }

    /// Silent for so long that nobody waits for it any more.
    private static NodeStatus gone(NodeStatus status) {
        return status.in(NodePhase.DOWN, "silent", Instant.EPOCH).since(Optional.of(Instant.EPOCH));
    }

    private static World cluster(SplittableRandom random) {
        World world = new World();
        int nodes = 2 + random.nextInt(4);
        for (int i = 0; i < nodes; i++) {
            world.put(
                    World.node(
                            (i % 2 == 0 ? "a" : "b") + i, 1_000 + 500 * random.nextInt(4), 4_000));
        }
        int jobs = 1 + random.nextInt(4);
        for (int i = 0; i < jobs; i++) {
            JobType type = random.nextInt(5) == 0 ? JobType.BATCH : JobType.SERVICE;
            Sketch sketch =
                    Sketch.of(type, "job" + i)
                            .count(1 + random.nextInt(5))
                            .priority(30 + random.nextInt(40))
                            .resources(100 + random.nextInt(600), 100 + random.nextInt(900));
            world.admit(random.nextInt(3) == 0 ? sketch.spread("${attr.rack}") : sketch, 0);
        }
        settle(world, Set.of(), new DrainReconciler());
        return world;
    }

    private static Set<String> some(SplittableRandom random, Cluster cluster) {
        Set<String> names = new TreeSet<>();
        for (Node node : cluster.nodes()) {
            if (random.nextInt(3) == 0) {
                names.add(node.metadata().name());
            }
        }
        return names.isEmpty()
                ? Set.of(cluster.nodes().stream().findFirst().orElseThrow().metadata().name())
                : names;
    }

    /// The loops as they run: each in its turn, on what the others wrote, until all are at rest.
    private static void settle(World world, Set<String> nodes, Reconciler loop) {
        for (int round = 0; round < ROUNDS_MAX; round++) {
            var before = world.cluster().revision();
            for (String node : new TreeSet<>(nodes)) {
                world.turn(loop, world.cluster().nodes().get(node).orElseThrow().name());
            }
            world.placeAll();
            List<String> jobs =
                    world.cluster().jobs().stream().map(j -> j.metadata().name()).toList();
            jobs.forEach(job -> obey(world, job));
            world.cluster().jobs().stream()
                    .map(Job::name)
                    .toList()
                    .forEach(job -> world.turn(new DeploymentReconciler(), job));
            if (world.cluster().revision().equals(before)) {
                return;
            }
        }
        throw new AssertionError("no rest");
    }

    private static void obey(World world, String job) {
        for (Allocation copy : world.copies(job)) {
            boolean runs = copy.status().phase() == AllocationPhase.RUNNING;
            if (copy.occupies() && !(copy.live() && runs)) {
                world.report(
                        copy,
                        copy.live() ? AllocationPhase.RUNNING : AllocationPhase.COMPLETE,
                        Optional.of(true));
            }
        }
    }

    private static Set<String> ids(Cluster cluster) {
        Set<String> ids = new HashSet<>();
        cluster.jobs().forEach(job -> copies(cluster, job).forEach(copy -> ids.add(copy.id())));
        return ids;
    }

    private static Iterable<Allocation> copies(Cluster cluster, Job job) {
        return cluster.allocationsOf(job.name());
    }

    private static Set<String> arrived(Cluster cluster, Set<String> before) {
        List<String> arrived = new ArrayList<>();
        for (Job job : cluster.jobs()) {
            for (Allocation copy : copies(cluster, job)) {
                if (!before.contains(copy.id())) {
                    arrived.add(copy.title() + " on " + copy.spec().node());
                }
            }
        }
        return new TreeSet<>(arrived);
    }

    private static Set<String> to(WhatIf foreseen) {
        Set<String> to = new TreeSet<>();
        foreseen.moves().stream()
                .filter(move -> !move.to().isEmpty())
                .forEach(move -> to.add(move.title() + " on " + move.to()));
        return to;
    }
}
