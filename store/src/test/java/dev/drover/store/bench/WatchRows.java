package dev.drover.store.bench;

import static dev.drover.store.bench.Desk.KILOBYTE;
import static dev.drover.store.bench.Desk.WARM_UPS;
import static dev.drover.store.bench.Desk.atLeast;
import static dev.drover.store.bench.Desk.atMost;
import static dev.drover.store.bench.Desk.key;
import static dev.drover.store.bench.Desk.median;
import static dev.drover.store.bench.Desk.perSecond;
import static dev.drover.store.bench.Desk.row;
import static dev.drover.store.bench.Desk.together;

import dev.drover.store.Commit;
import dev.drover.store.Delivery;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Txn;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import dev.drover.store.durable.Settings;
import dev.drover.store.watch.Hub;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/// Watches: how soon, how many, and what a slow one costs.
final class WatchRows {
    private static final int MANY = 10_000;

    private final Desk desk;

    WatchRows(Desk desk) {
        this.desk = desk;
    }

    /// How long after a commit has returned its change is in the hands of a watch, at 5,000 commits
    /// a second.
    void deliveries() {
        desk.withStore(store -> {
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
                            Desk.waitUntil(begin + i * 200_000);
                            Txn put = Txn.put(key((int) i % 5_000), KILOBYTE);
                            Revision done = ((Commit.Done) store.commit(put)).revision();
                            returned[(int) done.number()] = System.nanoTime();
                        }
                    });
            Desk.join(reader);
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

    /// Ten thousand watches of a kind, each with a selector and a permission, that read every
    /// change: a delivery is a change in the hands of one who watches.
    void backlog() {
        double[] rates = new double[Desk.ROUNDS];
        desk.withStore(store -> {
            int changes = 1_000;
            WatchRequest request = selecting(new Revision(1));
            Desk.fill(store, changes, 300);
            for (int round = -WARM_UPS; round < Desk.ROUNDS; round++) {
                long begin = System.nanoTime();
                together(MANY, _ -> read(store.watch(request), changes));
                rates[Math.max(0, round)] = perSecond((long) MANY * changes, begin);
            }
            return 0;
        });
        atLeast("store.deliveries-to-10000-watches", median(rates), "1/s", 20e6);
    }

    private static WatchRequest selecting(Revision from) {
        return WatchRequest.from(Prefix.ofType("jobs"), from)
                .selecting(e -> e.value().size() > 10)
                .permitting(k -> k.namespace().length() == 7);
    }

    private static void read(Watch watch, int changes) {
        try (watch) {
            int seen = 0;
            while (seen < changes) {
                if (watch.next(Duration.ofSeconds(60)).orElseThrow()
                        instanceof Delivery.Frame frame) {
                    seen += frame.changes().size();
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// One commit, and when the last of ten thousand waiting watches has its change.
    void oneToMany() {
        desk.withStore(store -> {
            WatchRequest request = selecting(new Revision(1));
            int events = 40;
            CountDownLatch ready = new CountDownLatch(MANY);
            List<CountDownLatch> seen =
                    IntStream.range(0, events).mapToObj(_ -> new CountDownLatch(MANY)).toList();
            List<Thread> readers =
                    IntStream.range(0, MANY)
                            .mapToObj(_ ->
                                    Thread.ofVirtual()
                                            .start(() -> count(store.watch(request), ready, seen)))
                            .toList();
            await(ready);
            double[] millis = new double[events];
            for (int i = 0; i < events; i++) {
                long begin = System.nanoTime();
                store.commit(Txn.put(key(0), KILOBYTE));
                await(seen.get(i));
                millis[i] = (System.nanoTime() - begin) / 1e6;
            }
            readers.forEach(Desk::join);
            double middle = median(Arrays.copyOfRange(millis, events / 2, events));
            row("store.one-event-to-10000-waiting-watches", middle, "ms", middle, true);
            return 0;
        });
    }

    private static void count(Watch watch, CountDownLatch ready, List<CountDownLatch> seen) {
        try (watch) {
            ready.countDown();
            for (CountDownLatch event : seen) {
                if (watch.next(Duration.ofSeconds(60)).isEmpty()) {
                    throw new IllegalStateException("a minute without the event");
                }
                event.countDown();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What a watch that does not read holds in memory while 200 MB go by; and that it still gets
    /// all of it.
    void slow() {
        double without = heapGrowth(false);
        double with = heapGrowth(true);
        atMost("store.heap-held-by-a-slow-watch", Math.max(0, with - without), "MiB", 4);
    }

    private double heapGrowth(boolean watched) {
        Settings settings = Settings.standard().window(new Hub.Window(1_000, 1 << 20));
        return desk.withStore(
                settings,
                store -> {
                    Desk.fill(store, 1_000, 1_024);
                    Watch watch =
                            store.watch(WatchRequest.from(Prefix.EVERYTHING, new Revision(1_001)));
                    if (!watched) {
                        watch.close();
                    }
                    double before = usedMib();
                    for (int round = 0; round < 200; round++) {
                        Desk.fill(store, 1_000, 1_024);
                    }
                    double growth = usedMib() - before;
                    if (watched) {
                        drain(watch, 200_000);
                    }
                    return growth;
                });
    }

    private static void drain(Watch watch, int changes) {
        long next = 1_001;
        try (watch) {
            while (next < 1_001 + changes) {
                if (watch.next(Duration.ofSeconds(60)).orElseThrow()
                        instanceof Delivery.Frame frame) {
                    for (var change : frame.changes()) {
                        if (change.revision().number() != next++) {
                            throw new IllegalStateException("lost " + (next - 1));
                        }
                    }
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static double usedMib() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
    }
}
