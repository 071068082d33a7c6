package dev.drover.controller.bench;

import static dev.drover.controller.bench.Figures.millis;
import static dev.drover.controller.bench.Figures.print;

import dev.drover.manifests.model.Node;
import dev.drover.manifests.model.NodePhase;
import dev.drover.manifests.model.Resource;
import dev.drover.store.typed.TypedWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Jobs end to end: from the door to what a watch shows of the durable store, with every loop of a
/// server running. No node answers: what nodes cost is in their own benchmark.
///
/// Nomad, on the same kind of machine, places 570 to 850 allocations a second end to end, 27 to 45
/// where they are spread, and signs an identity for each in its applier; ours are issued when they
/// are first asked for.
public final class SchedulerBench {
    private static final int RUNS = 5;

    /// Jobs of 1,000 before a server counts as warm: its code is compiled by then.
    private static final int WARM_UPS = 20;

    /// Of 20,000 jobs over HTTP, of which the last one counts: in the first two most of the time is
    /// the compiler's.
    private static final int WAVES = 5;

    private static final Duration REST = Duration.ofSeconds(20);

    private SchedulerBench() {}

    /// Prints the rows.
    ///
    /// @param args names of rows; all when there are none
    public static void main(String[] args) throws Exception {
        List<String> wanted = List.of(args);
        Path folder = Files.createTempDirectory("drover-bench-");
        try {
            if (wants(wanted, "spread")) {
                spread(folder.resolve("spread"));
            }
            if (wants(wanted, "lost")) {
                lost(folder.resolve("lost"));
            }
            if (wants(wanted, "http")) {
                http(folder.resolve("http"));
            }
            if (wants(wanted, "million")) {
                million(folder.resolve("million"));
            }
        } finally {
            Fleet.remove(folder);
        }
    }

    private static boolean wants(List<String> wanted, String row) {
        return wanted.isEmpty() || wanted.contains(row);
    }

    /// C1M's shape: 1,000 jobs of 1,000 copies on 5,000 nodes; and what the loops cost then, when
    /// nobody does anything.
    private static void million(Path folder) throws Exception {
        int jobs = 1_000;
        try (Core core = new Core(folder, nodes(0, 5_000));
                ExecutorService reader = Executors.newSingleThreadExecutor()) {
            TypedWatch<Resource> watch = core.watch();
            Instant begin = Instant.now();
            Future<Instant> seen = reader.submit(() -> seen(watch, jobs * 1_000));
            for (int i = 0; i < jobs; i++) {
                core.admit(Fleet.job("c1m-" + i, 1_000, 50, 20, false));
            }
            double admitted = millis(begin, Instant.now()) / 1_000;
            double seconds = millis(begin, seen.get()) / 1_000;
            watch.close();
            System.out.printf("# all jobs were admitted after %.1f s%n", admitted);
            print(new Row("scheduler.c1m-5000-nodes", seconds, "s", 20));
            core.add(nodes(5_000, 10_000));
            Figures.settle(REST);
            Duration before = cpu();
            Instant from = Instant.now();
            Figures.settle(REST);
            double busy = cpu().minus(before).toNanos() / 1e6 / millis(from, Instant.now());
            print(new Row("scheduler.at-rest-10000-nodes", busy * 100, "% of a core", 2));
        }
    }

    /// Reads as they come: who begins when all are there reads them from disk.
    private static Instant seen(TypedWatch<Resource> watch, int count) throws InterruptedException {
        Core.await(watch, count);
        return Instant.now();
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    }

    private static void spread(Path folder) throws IOException, InterruptedException {
        List<Double> took = new ArrayList<>();
        try (Core core = new Core(folder, nodes(0, 10_000))) {
            for (int run = 0; run < WARM_UPS + RUNS; run++) {
                TypedWatch<Resource> watch = core.watch();
                Instant begin = Instant.now();
                core.admit(Fleet.job("spread-" + run, 1_000, 50, 20, true));
                Core.await(watch, 1_000);
                took.add(millis(begin, Instant.now()));
                watch.close();
            }
        }
        System.out.println(
                "# one after the other: " + took.stream().map(t -> "%.0f".formatted(t)).toList());
        print(
                new Row(
                        "scheduler.spread-1000-on-10000-nodes",
                        Figures.percentile(took.subList(WARM_UPS, WARM_UPS + RUNS), 50),
                        "ms",
                        100));
    }

    /// A node with an allocation of each of 1,000 jobs falls silent for good.
    private static void lost(Path folder) throws IOException, InterruptedException {
        int jobs = 1_000;
        List<Double> took = new ArrayList<>();
        try (Core core = new Core(folder, nodes(0, 1))) {
            TypedWatch<Resource> watch = core.watch();
            for (int i = 0; i < jobs; i++) {
                core.admit(Fleet.job("lost-" + i, 1, 20, 20, false));
            }
            Core.await(watch, jobs);
            for (int run = 1; run <= RUNS; run++) {
                core.add(nodes(run, run + 1)); // the only one with room, once the other is gone
                Node silent = core.node("node-" + (run - 1));
                Instant begin = Instant.now();
                core.replace(
                        silent.withStatus(
                                silent.status()
                                        .in(NodePhase.DOWN, "silent", Instant.EPOCH)
                                        .since(Optional.of(Instant.EPOCH))));
                Core.await(watch, jobs);
                took.add(millis(begin, Instant.now()));
            }
            watch.close();
        }
        System.out.println(
                "# one after the other: " + took.stream().map(t -> "%.0f".formatted(t)).toList());
        print(new Row("scheduler.lost-node-1000-jobs", Figures.percentile(took, 50), "ms", 1_000));
    }

    /// Small jobs over HTTP by 16 callers, until all are placed and stored.
    private static void http(Path folder) throws Exception {
        int jobs = 20_000;
        int callers = 16;
        List<Double> perSecond = new ArrayList<>();
        try (Served served = new Served(folder, nodes(0, 1_000))) {
            for (int wave = 0; wave < WAVES; wave++) {
                perSecond.add(jobs / served.wave("wave-" + wave, jobs, callers) * 1_000);
            }
        }
        System.out.println(
                "# one wave after the other: "
                        + perSecond.stream().map(rate -> "%.0f".formatted(rate)).toList());
        print(new Row("scheduler.http-jobs-placed", perSecond.getLast(), "1/s", 5_000, true));
    }

    private static List<Node> nodes(int from, int to) {
        return IntStream.range(from, to).mapToObj(Fleet::node).toList();
    }
}
