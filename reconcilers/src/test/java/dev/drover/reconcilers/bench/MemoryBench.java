package dev.drover.reconcilers.bench;

import dev.drover.manifests.json.RecordJson;
import dev.drover.manifests.model.Allocation;
import dev.drover.manifests.model.ResourceName;
import dev.drover.reconcilers.cluster.Cluster;
import dev.drover.reconcilers.cluster.ClusterChange;
import dev.drover.reconcilers.cluster.ClusterFeed;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Settings;
import dev.drover.store.typed.Tables;
import dev.drover.store.typed.TypedDelivery;
import dev.drover.store.typed.WatchOptions;
import dev.drover.store.typed.Write;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/// What a million allocations hold of the heap: in the store's tree, in its indexes and in the
/// loops' view: `make bench WHAT=memory`. One row a line: name, value, unit, bar, ok or short.
public final class MemoryBench {
    private static final int PER_JOB = 100;
    private static final int NODES = 10_000;
    private static final int BATCH = 1_000;
    private static final double MIB = 1 << 20;

    private MemoryBench() {}

    /// Prints the rows.
    ///
    /// @param args how many allocations; a million when missing
    public static void main(String[] args) throws IOException, InterruptedException {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        Path folder = Files.createTempDirectory("memory");
        Settings settings = Settings.standard().onDisk(Set.of("allocations"));
        try {
            try (DurableStore store = DurableStore.open(folder, settings, InstantSource.system())) {
                fill(new Tables(store), count);
            }
            measure(folder, settings, count);
        } finally {
            delete(folder);
        }
    }

    private static void measure(Path folder, Settings settings, int count)
            throws InterruptedException {
        double nothing = heapMib();
        try (DurableStore store = DurableStore.open(folder, settings, InstantSource.system())) {
            double tree = heapMib() - nothing;
            row("memory.tree", tree, "MiB", tree, true);
            Tables tables = new Tables(store);
            int found = tables.allocationIndex().onNode("node-0").size();
            double indexes = heapMib() - nothing - tree;
            row("memory.indexes", indexes, "MiB", indexes, true);
            Cluster cluster = view(tables);
            double all = heapMib() - nothing;
            row("memory.view", all - tree - indexes, "MiB", all - tree - indexes, true);
            row("memory.all", all, "MiB", 450.0 * count / 1_000_000, all <= 450.0 * count / 1e6);
            if (cluster.allocationsOf(new ResourceName("default", "job-0")).size() != PER_JOB
                    || found == 0) {
                throw new IllegalStateException("not all of them");
            }
        }
    }

    private static void row(String name, double value, String unit, double bar, boolean ok) {
        System.out.printf("%s\t%.4g\t%s\t%.4g\t%s%n", name, value, unit, bar, ok ? "ok" : "short");
    }

    private static void fill(Tables tables, int count) {
        for (int from = 0; from < count; from += BATCH) {
            tables.commitAll(
                    IntStream.range(from, Math.min(count, from + BATCH))
                            .mapToObj(i -> Write.of(new Write.Step.Put(allocation(i))))
                            .toList());
        }
    }

    /// As the placer makes them and their nodes report them. Each text is another object, as what
    /// comes from a node or from disk is.
    private static Allocation allocation(int number) {
        int job = number / PER_JOB;
        String id = new UUID(number * 0x9E3779B97F4A7C15L, number).toString();
        return read(
                """
                {"metadata": {"name": "%s", "namespace": "default", "uid": "%s", "generation": 1,
                              "creationTimestamp": "2026-05-01T12:00:00.%09dZ"},
                 "spec": {"jobName": "job-%d", "jobUid": "%s", "jobVersion": 0, "group": "web", "index": %d,
                          "node": "node-%d", "granted": {"cpu": 100, "memoryMib": 64}, "desired": "run",
                          "desiredBecause": "the job wants it", "evaluation": "%s"},
                 "status": {"phase": "running", "because": "Tasks are running", "healthy": true,
                            "reported": %d,
                            "tasks": {"web": {"phase": "running", "started": "2026-05-01T12:00:01.%09dZ",
                                "events": [
                                    {"time": "2026-05-01T12:00:01Z", "type": "Received",
                                     "message": "the node has taken it"},
                                    {"time": "2026-05-01T12:00:01.%09dZ", "type": "Started",
                                     "message": "its process runs"}]}}}}
                """
                        .formatted(
                                id,
                                id,
                                job,
                                job,
                                new UUID(2, job),
                                number % PER_JOB,
                                number % NODES,
                                new UUID(3, job),
                                number / NODES * 2,
                                number,
                                number));
    }

    private static Allocation read(String json) {
        try {
            return RecordJson.read(Allocation.class, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// As the loops' own view begins.
    private static Cluster view(Tables tables) throws InterruptedException {
        Cluster cluster = Cluster.empty();
        try (var watch = tables.allocations().watch(WatchOptions.initial())) {
            while (true) {
                switch (watch.next(Duration.ofSeconds(60)).orElseThrow()) {
                    case TypedDelivery.Frame<Allocation> frame -> {
                        List<ClusterChange> changes = new ArrayList<>();
                        frame.changes().forEach(c -> changes.add(ClusterChange.added(c.current())));
                        cluster = ClusterFeed.apply(cluster, changes, frame.revision());
                    }
                    case TypedDelivery.InitialDone<Allocation> _ -> {
                        return cluster;
                    }
                    case TypedDelivery.Bookmark<Allocation> _,
                            TypedDelivery.TooOld<Allocation> _,
                            TypedDelivery.Forbidden<Allocation> _ ->
                            throw new IllegalStateException("nobody writes meanwhile");
                }
            }
        }
    }

    private static double heapMib() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
