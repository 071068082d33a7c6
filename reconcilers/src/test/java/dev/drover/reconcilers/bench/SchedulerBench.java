package dev.drover.reconcilers.bench;

import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.JobSpec;
import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.Resource;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.Sketch;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.cluster.ClusterFeed;
import dev.drover.reconcilers.cluster.Residents;
import dev.drover.reconcilers.decision.Action;
import dev.drover.reconcilers.placement.Placer;
import dev.drover.reconcilers.placement.Terrain;
import dev.drover.reconcilers.placement.Wakes;
import dev.drover.reconcilers.placement.Why;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Measures the placer as the loops call it, batches and all: `make bench WHAT=scheduler`. One row
/// a line: name, value, unit, bar, ok or short. What commits and nodes cost is in the controller's
/// benchmark of the same decisions.
public final class SchedulerBench {
    /// Copies that the large cluster gets.
    private static final int WANTED = 1_000_000;

    /// The lists of jobs that [Score]'s weight of balance was chosen on, and others: what holds for
    /// the former alone was read off them.
    private static final Lists CHOSEN_ON = new Lists(0, 8);

    private static final Lists OTHERS = new Lists(1_000, 16);

    /// Lists of jobs that a cluster is filled with, each drawn from a seed of its own.
    private record Lists(int firstSeed, int count) {}

    /// Times that `why` is asked.
    private static final int WHYS = 10;

    private SchedulerBench() {}

    /// Prints the rows.
    ///
    /// @param args names of rows; all when there are none
    public static void main(String[] args) {
        List<String> wanted = List.of(args);
        if (wants(wanted, "placements") || wants(wanted, "why")) {
            placements(wants(wanted, "why"));
        }
        if (wants(wanted, "used")) {
            used("scheduler.used-at-first-refusal", OTHERS);
            used("scheduler.used-at-first-refusal-where-the-weight-was-chosen", CHOSEN_ON);
        }
    }

    private static boolean wants(List<String> wanted, String row) {
        return wanted.isEmpty() || wanted.contains(row);
    }

    private static void placements(boolean why) {
        Run warm = run(10_000, WANTED, Placer.TURNS_MAX, 7); // a placer that runs is compiled
        double small = small();
        Run large = run(10_000, WANTED, Placer.TURNS_MAX, 7);
        System.out.printf(
                Locale.ROOT,
                "# the first million, while it is compiled %.0f/s%n",
                warm.perSecond());
        atLeast("scheduler.placements-10000-nodes", large.perSecond(), "1/s", 1_000_000);
        atMost(
                "scheduler.time-per-placement-10000-over-1000-nodes",
                small / large.perSecond(),
                "ratio",
                1.3);
        row("scheduler.view-with-them", large.fedPerSecond(), "1/s", 0, true);
        if (why) {
            why(large.cluster());
        }
    }

    /// Placements a second on 1,000 nodes. Ten clusters of them: one is filled in so short a time
    /// that the answer would be chance.
    private static double small() {
        long placed = 0;
        double seconds = 0;
        for (int seed = 7; seed < 17; seed++) {
            Run run = run(1_000, WANTED / 10, Placer.TURNS_MAX, seed);
            placed += run.placed;
            seconds += run.seconds;
        }
        return placed / seconds;
    }

    /// What `why` costs in the full cluster, for jobs of which nothing has a place: one that is too
    /// large for every node, one that no node is the right kind for, and one that is refused for
    /// what others hold. The slowest of the three, when it was asked often enough to be compiled.
    private static void why(Cluster full) {
        List<Sketch> hopeless =
                List.of(
                        Sketch.service("too-large").count(10).resources(1_000, 1_000_000),
                        Sketch.service("nowhere").count(10).constraint("${meta.ssd}", "=", "x"),
                        Sketch.service("later").count(4_000).resources(150_000, 1_000));
        double slowest = 0;
        for (Sketch sketch : hopeless) {
            Cluster cluster =
                    ClusterFeed.apply(
                            full,
                            List.of(added(sketch.version(0)), added(sketch.job(0))),
                            full.revision().next());
            ResourceName name = sketch.job(0).name();
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < WHYS; i++) {
                long begin = cpuNanos();
                int answers = Why.of(name, cluster, Sketch.NOON).size();
                millis.add((cpuNanos() - begin) / 1e6);
                if (answers != 1) {
                    throw new IllegalStateException(name + " has a place");
                }
            }
            double best = Collections.min(millis);
            System.out.printf(
                    Locale.ROOT,
                    "# why %s %.1f ms, the first time %.1f%n",
                    name.name(),
                    best,
                    millis.getFirst());
            slowest = Math.max(slowest, best);
        }
        atMost("scheduler.why-10000-nodes", slowest, "ms", 200);
    }

    /// How full a cluster of 1,000 is when the first copy finds no place, one job after another:
    /// ours against the algorithm of the anchor on the same lists of jobs. The mean of some, for
    /// who is refused first is chance.
    private static void used(String name, Lists lists) {
        List<Node> nodes = IntStream.range(0, 1_000).mapToObj(Fleet::node).toList();
        double theirs = 0;
        double ours = 0;
        int fuller = 0;
        for (int seed = lists.firstSeed; seed < lists.firstSeed + lists.count; seed++) {
            double their = theirs(nodes, seed);
            double our = used(run(1_000, Integer.MAX_VALUE, 1, seed).cluster());
            theirs += their / lists.count;
            ours += our / lists.count;
            fuller += our >= their ? 1 : 0;
        }
        System.out.printf(
                Locale.ROOT,
                "# theirs %.4f of cpu and memory; ours is fuller on %d of %d lists%n",
                theirs,
                fuller,
                lists.count);
        atLeast(name, ours, "share", theirs);
    }

    private static double theirs(List<Node> nodes, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        LogSample cluster = new LogSample(nodes);
        int number = 0;
        JobSpec job;
        do {
            job = Fleet.job(number++, random).spec();
        } while (cluster.place(job) == job.groups().getFirst().count().orElse(1));
        return cluster.used();
    }

    private static double used(Cluster cluster) {
        long cpu = 0;
        long memory = 0;
        long cpuAll = 0;
        long memoryAll = 0;
        for (Node node : cluster.nodes()) {
            Residents held = cluster.residentsOf(node.metadata().name());
            cpu += held.cpu();
            memory += held.memoryMib();
            cpuAll += node.status().resources().cpu();
            memoryAll += node.status().resources().memoryMib();
        }
        return ((double) cpu / cpuAll + (double) memory / memoryAll) / 2;
    }

    /// @param placed how many copies have a place
    /// @param seconds for deciding
    /// @param feedSeconds for carrying the decisions into the next view
    private record Run(long placed, double seconds, double feedSeconds, Cluster cluster) {
        double perSecond() {
            return placed / seconds;
        }

        double fedPerSecond() {
            return placed / feedSeconds;
        }
    }

    /// Until so many have a place, or the first copy has none.
    ///
    /// @param batch jobs that are decided on one view
    private static Run run(int nodes, int wanted, int batch, int seed) {
        Cluster cluster = Cluster.empty();
        List<ClusterChange> changes = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            changes.add(added(Fleet.node(i)));
        }
        cluster = ClusterFeed.apply(cluster, changes, cluster.revision().next());
        Terrain terrain = Terrain.of(cluster);
        SplittableRandom random = new SplittableRandom(seed);
        long placed = 0;
        long deciding = 0;
        long feeding = 0;
        int number = 0;
        while (placed < wanted) {
            List<ResourceName> names = new ArrayList<>();
            changes.clear();
            for (int i = 0; i < batch; i++) {
                Sketch job = Fleet.job(number++, random);
                changes.add(added(job.version(0)));
                changes.add(added(job.job(0)));
                names.add(job.job(0).name());
            }
            cluster = ClusterFeed.apply(cluster, changes, cluster.revision().next());
            long begin = cpuNanos();
            terrain = terrain.in(cluster);
            List<Placer.Turn> turns =
                    Placer.decide(terrain, cluster, Wakes.jobs(names), Sketch.NOON);
            deciding += cpuNanos() - begin;
            List<ClusterChange> decided = changes(turns);
            long now = decided.stream().filter(c -> c.newest() instanceof Allocation).count();
            placed += now;
            begin = cpuNanos();
            cluster = ClusterFeed.apply(cluster, decided, cluster.revision().next());
            feeding += cpuNanos() - begin;
            if (turns.stream().anyMatch(SchedulerBench::refused)) {
                break;
            }
        }
        return new Run(placed, deciding / 1e9, feeding / 1e9, cluster);
    }

    /// Of this thread: what one core would need, whatever else runs on the machine.
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static boolean refused(Placer.Turn turn) {
        return turn.decision().because().contains("without a place");
    }

    private static List<ClusterChange> changes(List<Placer.Turn> turns) {
        List<ClusterChange> changes = new ArrayList<>();
        for (Placer.Turn turn : turns) {
            for (Action action : turn.decision().actions()) {
                if (action instanceof Action.Create(Resource made)) {
                    changes.add(added(made));
                } else if (action instanceof Action.Replace(Resource changed)) {
                    changes.add(added(changed));
                }
            }
        }
        return changes;
    }

    private static ClusterChange added(Resource resource) {
        return ClusterChange.added(resource.withMetadata(resource.metadata().at("1")));
    }

    private static void atLeast(String name, double value, String unit, double bar) {
        row(name, value, unit, bar, value >= bar);
    }

    private static void atMost(String name, double value, String unit, double bar) {
        row(name, value, unit, bar, value <= bar);
    }

    private static void row(String name, double value, String unit, double bar, boolean ok) {
        System.out.printf(
                Locale.ROOT,
                "%s\t%.4g\t%s\t%.4g\t%s%n",
                name,
                value,
                unit,
                bar,
                ok ? "ok" : "short");
    }
}
