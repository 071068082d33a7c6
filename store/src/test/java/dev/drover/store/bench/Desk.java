package dev.drover.store.bench;

import dev.drover.store.Bytes;
import dev.drover.store.Key;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/// What every measurement needs: stores that come and go, callers, medians and rows.
final class Desk {
    static final int ROUNDS = 5;

    /// Rounds before those that count: until the compiler has done with what is measured. A server
    /// runs for longer than that.
    static final int WARM_UPS = 3;

    static final Bytes KILOBYTE = Bytes.copyOf(new byte[1_024]);

    private final Path base;

    Desk(Path base) {
        this.base = base;
    }

    Path base() {
        return base;
    }

    static void row(String name, double value, String unit, double bar, boolean ok) {
        System.out.printf("%s\t%.4g\t%s\t%.4g\t%s%n", name, value, unit, bar, ok ? "ok" : "short");
    }

    static void atLeast(String name, double value, String unit, double bar) {
        row(name, value, unit, bar, value >= bar);
    }

    static void atMost(String name, double value, String unit, double bar) {
        row(name, value, unit, bar, value <= bar);
    }

    /// A remark that is no row.
    static void remark(String text) {
        System.out.println("# " + text);
    }

    interface Measured {
        double on(DurableStore store);
    }

    /// What is measured on an empty store, which goes afterwards.
    double withStore(Measured measured) {
        return withStore(Settings.standard(), measured);
    }

    double withStore(Settings settings, Measured measured) {
        Path folder = base.resolve("store");
        try (DurableStore store = DurableStore.open(folder, settings, InstantSource.system())) {
            return measured.on(store);
        } finally {
            delete(folder);
        }
    }

    interface Worker {
        void run(int number);
    }

    static void together(int count, Worker worker) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> worker.run(number)));
        }
        threads.forEach(Desk::join);
    }

    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static void waitUntil(long nanoTime) {
        long left = nanoTime - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = nanoTime - System.nanoTime();
        }
    }

    static Key key(int number) {
        return Key.of("jobs", "default", "job-" + number);
    }

    static void fill(Store store, int keys, int valueBytes) {
        for (int from = 0; from < keys; from += 1_000) {
            store.commitAll(
                    IntStream.range(from, Math.min(keys, from + 1_000))
                            .mapToObj(i -> Txn.put(key(i), Bytes.copyOf(new byte[valueBytes])))
                            .toList());
        }
    }

    static double middle(LongSupplier nanos) {
        double[] all = IntStream.range(0, 101).mapToDouble(_ -> nanos.getAsLong()).toArray();
        return median(Arrays.copyOfRange(all, 60, 101)); // the first ones warm up
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    static double perSecond(long count, long beginNanos) {
        return count * 1e9 / (System.nanoTime() - beginNanos);
    }

    static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
