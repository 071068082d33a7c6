package dev.drover.store.bench;

import dev.drover.store.At;
import dev.drover.store.Bytes;
import dev.drover.store.Commit;
import dev.drover.store.Delivery;
import dev.drover.store.Key;
import dev.drover.store.ListRequest;
import dev.drover.store.Listing;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/// Measures the durable store: `make bench WHAT=store`. One row a line: name, value, unit, bar, ok
/// or short.
///
/// Both sides of a comparison run on the same disk, in turns; the middle one of five counts.
public final class StoreBench {
    private static final int ROUNDS = 5;
    private static final Bytes KILOBYTE = Bytes.copyOf(new byte[1_024]);

    private final Path base;

    private StoreBench(Path base) {
        this.base = base;
    }

    /// Prints the rows.
    ///
    /// @param args the folder to work in; a temporary one when missing
    public static void main(String[] args) throws IOException, InterruptedException {
        Path base =
                args.length > 0
                        ? Files.createTempDirectory(Path.of(args[0]), "bench")
                        : Files.createTempDirectory("bench");
        System.out.printf(
                "# %s %s, %d cores, %d MiB of heap%n",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        try {
            StoreBench bench = new StoreBench(base);
            bench.writers();
            bench.batches();
            bench.lists();
            bench.deliveries();
            bench.manyWatches();
        } finally {
            delete(base);
        }
    }

    private static void row(String name, double value, String unit, double bar, boolean ok) {
        System.out.printf("%s\t%.4g\t%s\t%.4g\t%s%n", name, value, unit, bar, ok ? "ok" : "short");
    }

    private static void atLeast(String name, double value, String unit, double bar) {
        row(name, value, unit, bar, value >= bar);
    }

    private static void atMost(String name, double value, String unit, double bar) {
        row(name, value, unit, bar, value <= bar);
    }

    private void writers() throws IOException {
        double[] bare = new double[ROUNDS];
        double[] one = new double[ROUNDS];
        double[] many = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            bare[round] = bareAppends(2_000);
            one[round] = withStore(store -> puts(store, 1, 2_000));
            many[round] = withStore(store -> puts(store, 256, 200));
        }
        double floor = median(bare);
        row("store.bare-append-and-sync", floor, "1/s", floor, true);
        atLeast("store.one-writer-1KB", median(one), "puts/s", 0.75 * floor);
        atLeast("store.256-writers-1KB", median(many), "puts/s", 15 * floor);
        System.out.println("# store.etcd-256-writers: left out, etcd is not built here");
    }

    private double bareAppends(int count) throws IOException {
        Path file = base.resolve("bare");
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer content = ByteBuffer.allocateDirect(1_100);
            long begin = System.nanoTime();
            for (int i = 0; i < count; i++) {
                channel.write(content.clear());
                channel.force(false);
            }
            return perSecond(count, begin);
        } finally {
            Files.delete(file);
        }
    }

    private static double puts(Store store, int writers, int each) {
        long begin = System.nanoTime();
        together(
                writers,
                writer -> {
                    for (int i = 0; i < each; i++) {
                        store.commit(Txn.put(key(writer * 1_000 + i % 100), KILOBYTE));
                    }
                });
        return perSecond((long) writers * each, begin);
    }

    private void batches() {
        double[] rates = new double[ROUNDS];
        Bytes value = Bytes.copyOf(new byte[300]);
        List<Txn> txns = IntStream.range(0, 1_000).mapToObj(i -> Txn.put(key(i), value)).toList();
        for (int round = 0; round < ROUNDS; round++) {
            rates[round] =
                    withStore(store -> {
                        store.commitAll(txns);
                        long begin = System.nanoTime();
                        for (int i = 0; i < 100; i++) {
                            store.commitAll(txns);
                        }
                        return perSecond(100_000, begin);
                    });
        }
        atLeast("store.commit-all-1000x300B", median(rates), "txns/s", 100_000);
    }

    private void lists() {
        withStore(store -> {
            fill(store, 10_000);
            Revision old = store.revision();
            store.commit(Txn.put(key(0), KILOBYTE));
            atMost(
                    "store.list-10000-from-tree",
                    middle(() -> list(store, At.NEWEST)) / 1e6,
                    "ms",
                    1);
            atMost(
                    "store.list-10000-from-rocksdb",
                    middle(() -> list(store, new At.Exactly(old))) / 1e6,
                    "ms",
                    20);
            return 0;
        });
    }

    private static void fill(Store store, int keys) {
        for (int from = 0; from < keys; from += 1_000) {
            store.commitAll(
                    IntStream.range(from, from + 1_000)
                            .mapToObj(i -> Txn.put(key(i), Bytes.copyOf(new byte[300])))
                            .toList());
        }
    }

    private static long list(Store store, At at) {
        long begin = System.nanoTime();
        Listing listing = store.list(ListRequest.of(Prefix.ofType("jobs")).at(at));
        long took = System.nanoTime() - begin;
        if (((Listing.Page) listing).entries().size() != 10_000) {
            throw new IllegalStateException("not all of them");
        }
        return took;
    }

    /// How long after a commit has returned its change is in the hands of a watch, at 5,000 commits
    /// a second.
    private void deliveries() {
        withStore(store -> {
            int count = 20_000;
            long[] returned = new long[count + 1];
            long[] received = new long[count + 1];
            Watch watch = store.watch(WatchRequest.from(Prefix.EVERYTHING, new Revision(1)));
            Thread reader = Thread.ofVirtual().start(() -> receive(watch, received));
            AtomicLong next = new AtomicLong();
            long begin = System.nanoTime();
            together(
                    32,
                    _ -> {
                        for (long i = next.getAndIncrement();
                                i < count;
                                i = next.getAndIncrement()) {
                            waitUntil(begin + i * 200_000);
                            Txn put = Txn.put(key((int) i % 5_000), KILOBYTE);
                            Revision done = ((Commit.Done) store.commit(put)).revision();
                            returned[(int) done.number()] = System.nanoTime();
                        }
                    });
            join(reader);
            watch.close();
            long[] late =
                    IntStream.rangeClosed(count / 4, count)
                            .mapToLong(i -> Math.max(0, received[i] - returned[i]))
                            .sorted()
                            .toArray();
            atMost("store.returned-to-delivered-p50", late[late.length / 2] / 1e3, "us", 100);
            atMost(
                    "store.returned-to-delivered-p99",
                    late[late.length * 99 / 100] / 1e3,
                    "us",
                    2_000);
            return 0;
        });
    }

    private static void receive(Watch watch, long[] received) {
        int last = 0;
        try {
            while (last < received.length - 1) {
                if (watch.next(Duration.ofSeconds(10)).orElseThrow()
                        instanceof Delivery.Frame frame) {
                    long now = System.nanoTime();
                    for (var change : frame.changes()) {
                        last = (int) change.revision().number();
                        received[last] = now;
                    }
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Ten thousand watches of everything, each with a selector and a permission, that read every
    /// change.
    private void manyWatches() {
        withStore(store -> {
            int watches = 10_000;
            int changes = 1_000;
            AtomicLong delivered = new AtomicLong();
            WatchRequest request =
                    WatchRequest.from(Prefix.ofType("jobs"), new Revision(1))
                            .selecting(e -> e.value().size() > 10)
                            .permitting(k -> k.namespace().length() == 7);
            fill(store, changes);
            long begin = System.nanoTime();
            together(
                    watches,
                    _ -> {
                        try (Watch watch = store.watch(request)) {
                            int seen = 0;
                            while (seen < changes) {
                                if (watch.next(Duration.ofSeconds(60)).orElseThrow()
                                        instanceof Delivery.Frame frame) {
                                    seen += frame.changes().size();
                                }
                            }
                            delivered.addAndGet(seen);
                        } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    });
            atLeast(
                    "store.deliveries-to-10000-watches",
                    perSecond(delivered.get(), begin),
                    "1/s",
                    20e6);
            return 0;
        });
    }

    private interface Measured {
        double on(Store store);
    }

    private double withStore(Measured measured) {
        Path folder = base.resolve("store");
        try (Store store = DurableStore.open(folder, Settings.standard(), InstantSource.system())) {
            return measured.on(store);
        } finally {
            delete(folder);
        }
    }

    private interface Worker {
        void run(int number);
    }

    private static void together(int count, Worker worker) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> worker.run(number)));
        }
        threads.forEach(StoreBench::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void waitUntil(long nanoTime) {
        long left = nanoTime - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = nanoTime - System.nanoTime();
        }
    }

    private static Key key(int number) {
        return Key.of("jobs", "default", "job-" + number);
    }

    private static double middle(LongSupplier nanos) {
        double[] all = IntStream.range(0, 41).mapToDouble(_ -> nanos.getAsLong()).toArray();
        return median(Arrays.copyOfRange(all, 20, 41)); // the first ones warm up
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double perSecond(long count, long beginNanos) {
        return count * 1e9 / (System.nanoTime() - beginNanos);
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
