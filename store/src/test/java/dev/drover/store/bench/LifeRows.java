package dev.drover.store.bench;

import static dev.drover.store.bench.Desk.KILOBYTE;
import static dev.drover.store.bench.Desk.atMost;
import static dev.drover.store.bench.Desk.key;
import static dev.drover.store.bench.Desk.median;
import static dev.drover.store.bench.Desk.row;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.drover.store.Bytes;
import dev.drover.store.Txn;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Retention;
import dev.drover.store.durable.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    /// A million keys, 300 bytes each, and two GB of history of some of them, opened by a process
    /// of its own, as a server is.
    void open() {
        Path folder = desk.base().resolve("large");
        try {
            fill(folder);
            String[] said = opened(folder).split(" ");
            double heap = Double.parseDouble(said[1]);
            double resident = Double.parseDouble(said[2]);
            atMost("store.open-1000000-keys-2GB-history", Double.parseDouble(said[0]), "s", 10);
            row("store.heap-of-1000000-keys-without-values", heap, "MiB", heap, true);
            row("store.rss-after-opening", resident, "MiB", resident, true);
        } finally {
            Desk.delete(folder);
        }
    }

    private static void fill(Path folder) {
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
    }

    private static Bytes noise(Random random) {
        byte[] bytes = new byte[VALUE_BYTES];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    private static String opened(Path folder) {
        List<String> command =
                List.of(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeStore.class.getName(),
                        folder.toString(),
                        Integer.toString(KEYS));
        try {
            Process process =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            if (process.waitFor() != 0) {
                throw new IllegalStateException("the store was not opened: " + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
