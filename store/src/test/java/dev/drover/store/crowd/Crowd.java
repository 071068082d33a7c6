package dev.drover.store.crowd;

import dev.drover.store.Bytes;
import dev.drover.store.Change;
import dev.drover.store.Delivery;
import dev.drover.store.Key;
import dev.drover.store.Op;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import dev.drover.store.durable.DurableStore;
import dev.drover.store.durable.Settings;
import dev.drover.store.watch.Hub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// A watch for each key and a tenth as many of everything, all with a selector and a permission
/// check, while writers write every key in every round.
///
/// `java … Crowd 10000 5` is the large one; the test runs a small one.
public final class Crowd {
    private static final int WRITERS = 8;

    private final Store store;
    private final int keys;
    private final int rounds;
    private final CountDownLatch watching;

    Crowd(Store store, int keys, int rounds) {
        this.store = store;
        this.keys = keys;
        this.rounds = rounds;
        this.watching = new CountDownLatch(keys + keys / 10);
    }

    /// Prints what was delivered, how fast, and how many sums were wrong.
    ///
    /// @param args how many keys, how many rounds, changes that are kept in memory
    public static void main(String[] args) throws Exception {
        Path folder = Files.createTempDirectory("crowd");
        int kept = args.length > 2 ? Integer.parseInt(args[2]) : Hub.Window.STANDARD.changes();
        Settings settings =
                Settings.standard().window(new Hub.Window(kept, Hub.Window.STANDARD.bytes()));
        try (Store store = DurableStore.open(folder, settings, InstantSource.system())) {
            Crowd crowd = new Crowd(store, Integer.parseInt(args[0]), Integer.parseInt(args[1]));
            long begin = System.nanoTime();
            Outcome outcome = crowd.run();
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "%d watches, %d changes, %d deliveries in %.1f s (%.0f/s), %d wrong sums%n",
                    outcome.watches(),
                    store.revision().number(),
                    outcome.deliveries(),
                    seconds,
                    outcome.deliveries() / seconds,
                    outcome.wrong());
        }
    }

    /// @param wrong watches that did not get exactly their part, in order
    record Outcome(int watches, long deliveries, int wrong) {}

    Outcome run() throws InterruptedException, IOException, ExecutionException {
        List<Callable<Sum>> watches = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            Prefix own = Prefix.exactly(key(i));
            watches.add(() -> follow(own, rounds));
        }
        for (int i = 0; i < keys / 10; i++) {
            watches.add(() -> follow(Prefix.EVERYTHING, rounds * keys));
        }
        List<Callable<Sum>> work = new ArrayList<>(watches);
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            work.add(() -> write(number));
        }
        List<Sum> sums = together(work).subList(0, watches.size());
        return new Outcome(watches.size(), sums.stream().mapToLong(Sum::count).sum(), wrong(sums));
    }

    /// Every other transaction of a round writes what the selector hides.
    private Sum follow(Prefix prefix, int changes) throws InterruptedException {
        WatchRequest request =
                WatchRequest.from(prefix, new Revision(1))
                        .selecting(entry -> entry.value().size() % 2 == 1)
                        .permitting(key -> key.type().equals("jobs"));
        Sum sum = new Sum();
        try (Watch watch = store.watch(request)) {
            watching.countDown();
            while (sum.count() < changes) {
                switch (watch.next(Duration.ofMinutes(5)).orElseThrow()) {
                    case Delivery.Frame(List<Change> frame) -> frame.forEach(sum::add);
                    case Delivery.Bookmark _, Delivery.InitialDone _ -> {}
                    case Delivery.TooOld _, Delivery.Forbidden _ ->
                            throw new IllegalStateException("nothing is compacted or forbidden");
                }
            }
        }
        return sum;
    }

    /// Every key once in each round, and beside it one that the selector hides.
    private Sum write(int writer) throws InterruptedException {
        watching.await();
        Bytes hidden = Bytes.utf8("even");
        for (int round = 0; round < rounds; round++) {
            Bytes value = Bytes.utf8("odd-" + round % 10);
            store.commitAll(
                    IntStream.range(0, keys)
                            .filter(i -> i % WRITERS == writer)
                            .mapToObj(i ->
                                    Txn.always(
                                            new Op.Put(key(i), value),
                                            new Op.Put(
                                                    Key.of("jobs", "default", "hidden-" + i),
                                                    hidden)))
                            .toList());
        }
        return new Sum();
    }

    private int wrong(List<Sum> sums) throws InterruptedException {
        int wrong = 0;
        for (int i = 0; i < keys; i++) {
            Sum should = new Sum();
            store.history(key(i), rounds).reversed().forEach(should::add);
            wrong += should.value() == sums.get(i).value() ? 0 : 1;
        }
        Sum everything = follow(Prefix.EVERYTHING, rounds * keys);
        for (Sum sum : sums.subList(keys, sums.size())) {
            wrong += sum.value() == everything.value() ? 0 : 1;
        }
        return wrong;
    }

    private static Key key(int number) {
        return Key.of("jobs", "default", "" + number);
    }

    private static <T> List<T> together(List<Callable<T>> work)
            throws InterruptedException, ExecutionException {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> future : threads.invokeAll(work)) {
                results.add(future.get());
            }
        }
        return results;
    }
}
