package dev.drover.store.bench;

import static dev.drover.store.bench.Desk.KILOBYTE;
import static dev.drover.store.bench.Desk.atMost;
import static dev.drover.store.bench.Desk.key;
import static dev.drover.store.bench.Desk.median;
import static dev.drover.store.bench.Desk.row;

import dev.drover.store.Bytes;
import dev.drover.store.Txn;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Retention;
import dev.drover.store.durable.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/// The life of a store: opening a large one, and forgetting while it is written to.
final class LifeRows {
    private static final int KEYS = 1_000_000;
    private static final long HISTORY_BYTES = 2L << 30;
    private static final int VALUE_BYTES = 1_024;

    /// Keeps everything for as long as it is measured.
    private static final Retention ALL =
            new Retention(Duration.ofDays(1), 1L << 40, Duration.ofDays(1), 1L << 50);

    private final Desk desk;

    LifeRows(Desk desk) {
        this.desk = desk;
    }

    /// A million keys, 300 bytes each, and two GB of history of some of them.
    void open() {
        Path folder = desk.base().resolve("large");
        Settings settings = Settings.standard().onDisk(Set.of("jobs")).retention(ALL);
        try (DurableStore store = DurableStore.open(folder, settings, InstantSource.system())) {
            Desk.fill(store, KEYS, 300);
            Random random = new Random(1);
            for (long bytes = 0; bytes < HISTORY_BYTES; bytes += 1_000 * VALUE_BYTES) {
                store.commitAll(
                        random.ints(1_000, 0, KEYS)
                                .mapToObj(i -> Txn.put(key(i), noise(random)))
                                .toList());
            }
        }
        double before = WatchRows.usedMib();
        long begin = System.nanoTime();
        try (DurableStore store = DurableStore.open(folder, settings, InstantSource.system())) {
            double seconds = (System.nanoTime() - begin) / 1e9;
            atMost("store.open-1000000-keys-2GB-history", seconds, "s", 10);
            double heap = WatchRows.usedMib() - before;
            row("store.heap-of-1000000-keys-without-values", heap, "MiB", heap, true);
            row("store.rss-of-the-whole-benchmark", residentMib(), "MiB", residentMib(), true);
            if (store.stats().sizes().keys() != KEYS) {
                throw new IllegalStateException("not all of them");
            }
        } finally {
            Desk.delete(folder);
        }
    }

    private static Bytes noise(Random random) {
        byte[] bytes = new byte[VALUE_BYTES];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    private static double residentMib() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0)
                    .sum();
        } catch (IOException e) {
            return 0; // no Linux: not known
        }
    }

    /// Commits of one writer, in turns while nothing and while 400,000 revisions are removed.
    void compacting() {
        double[] without = new double[Desk.ROUNDS];
        double[] with = new double[Desk.ROUNDS];
        Settings settings = Settings.standard().retention(ALL);
        for (int round = -1; round < Desk.ROUNDS; round++) { // one to warm up
            int turn = Math.max(0, round);
            desk.withStore(
                    settings,
                    store -> {
                        for (int i = 0; i < 40; i++) {
                            Desk.fill(store, 10_000, 300);
                        }
                        without[turn] =
                                p99(store, s -> s.stats().revisions().newest().number() > 0);
                        store.compact(store.revision());
                        with[turn] =
                                p99(
                                        store,
                                        s -> s.stats().revisions().cleaned().before(s.compacted()));
                        return 0;
                    });
        }
        double ratio = median(with) / median(without);
        row("store.commit-p99", median(without), "us", median(without), true);
        atMost("store.commit-p99-while-compacting", ratio, "times", 2);
    }

    /// Of five thousand commits, or as many as fit while something goes on, but a hundred at least.
    private static double p99(DurableStore store, Predicate<DurableStore> goingOn) {
        List<Long> nanos = new ArrayList<>();
        boolean more = true;
        while (more) {
            long begin = System.nanoTime();
            store.commit(Txn.put(key(nanos.size()), KILOBYTE));
            nanos.add(System.nanoTime() - begin);
            boolean asks = nanos.size() % 500 == 0; // the answer costs something too
            more = !asks || (nanos.size() < 5_000 && goingOn.test(store));
        }
        nanos.sort(Comparator.naturalOrder());
        return nanos.get(nanos.size() * 99 / 100) / 1e3;
    }
}
