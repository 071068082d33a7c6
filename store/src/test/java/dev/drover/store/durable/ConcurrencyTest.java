package dev.drover.store.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.store.Bytes;
import dev.drover.store.Change;
import dev.drover.store.Commit;
import dev.drover.store.Delivery;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import dev.drover.store.watch.Hub;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many at once: writers that race, and watches of all kinds that must each get their part, whole
/// and in order.
class ConcurrencyTest {
    private static final Settings SETTINGS = Settings.standard().halt(Opened.FAIL);
    private static final int KEYS = Integer.getInteger("watch.keys", 500);
    private static final int ROUNDS = 20;

    @TempDir Path folder;

    @Test
    void counters_that_are_raced_for_lose_no_increment_and_reads_never_go_back() throws Exception {
        int counters = 3;
        int each = 40;
        try (Store store = DurableStore.open(folder, SETTINGS, InstantSource.system())) {
            List<Callable<List<Revision>>> writers = new ArrayList<>();
            for (int writer = 0; writer < 16; writer++) {
                int number = writer;
                writers.add(() -> increments(store, key(number % counters), each));
            }

            List<Revision> won = together(writers).stream().flatMap(List::stream).toList();

            assertThat(won).doesNotHaveDuplicates().hasSize(16 * each);
            long total = 0;
            for (int counter = 0; counter < counters; counter++) {
                Entry entry = store.get(key(counter)).orElseThrow();
                assertThat(entry.version()).isEqualTo(number(entry));
                total += number(entry);
            }
            assertThat(total).isEqualTo(16L * each);
        }
    }

    /// Reads, adds one, writes if nobody was faster; again until it has won often enough.
    private static List<Revision> increments(Store store, Key key, int times) {
        List<Revision> won = new ArrayList<>();
        Revision newest = Revision.NONE;
        while (won.size() < times) {
            var read = store.get(key);
            Revision modified = read.map(Entry::modified).orElse(Revision.NONE);
            if (modified.before(newest)) {
                throw new AssertionError("read " + modified + " after " + newest);
            }
            newest = modified;
            long next = read.map(ConcurrencyTest::number).orElse(0L) + 1;
            Commit commit = store.commit(Txn.replace(key, modified, Bytes.utf8("" + next)));
            if (commit instanceof Commit.Done done) {
                won.add(done.revision());
                newest = done.revision();
            }
        }
        return won;
    }

    private static long number(Entry entry) {
        return Long.parseLong(entry.value().utf8());
    }

    @Test
    void every_watch_gets_its_part_whole_and_in_order() throws Exception {
        watched(SETTINGS);
    }

    /// The window is far smaller than what is under way: nearly everything is read from disk.
    @Test
    void every_watch_gets_its_part_though_the_window_is_tiny() throws Exception {
        watched(SETTINGS.window(new Hub.Window(64, 1 << 20)));
    }

    private void watched(Settings settings) throws Exception {
        try (Store store = DurableStore.open(folder, settings, InstantSource.system())) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < KEYS; i++) {
                Key key = key(i);
                work.add(() -> follow(store, Prefix.exactly(key), ROUNDS));
            }
            for (int i = 0; i < KEYS / 10; i++) {
                work.add(() -> follow(store, Prefix.EVERYTHING, ROUNDS * KEYS));
            }
            for (int writer = 0; writer < 8; writer++) {
                int number = writer;
                work.add(() -> write(store, number, 8));
            }

            together(work);

            assertThat(store.revision()).isEqualTo(new Revision((long) ROUNDS * KEYS));
        }
    }

    private static int write(Store store, int number, int of) {
        for (int round = 0; round < ROUNDS; round++) {
            Bytes value = Bytes.utf8("" + round);
            store.commitAll(
                    IntStream.range(0, KEYS)
                            .filter(i -> i % of == number)
                            .mapToObj(i -> Txn.put(key(i), value))
                            .toList());
        }
        return ROUNDS;
    }

    /// Reads until it has seen so many changes; each must be newer than the last, and the next of
    /// its key.
    private static int follow(Store store, Prefix prefix, int count) throws InterruptedException {
        int[] rounds = new int[KEYS];
        Revision last = Revision.NONE;
        int seen = 0;
        WatchRequest request =
                WatchRequest.from(prefix, new Revision(1))
                        .selecting(entry -> entry.value().size() > 0)
                        .permitting(key -> key.type().equals("jobs"));
        try (Watch watch = store.watch(request)) {
            while (seen < count) {
                Delivery next = watch.next(Duration.ofSeconds(60)).orElseThrow();
                for (Change change : ((Delivery.Frame) next).changes()) {
                    int key = Integer.parseInt(change.key().name());
                    assertThat(change.revision()).isGreaterThan(last);
                    assertThat(change.entry().value().utf8()).isEqualTo("" + rounds[key]++);
                    last = change.revision();
                    seen++;
                }
            }
            assertThat(seen).isEqualTo(count);
            return seen;
        }
    }

    private static Key key(int number) {
        return Key.of("jobs", "default", "" + number);
    }

    private static <T> List<T> together(List<Callable<T>> work) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> future : threads.invokeAll(work)) {
                results.add(future.get());
            }
        }
        return results;
    }
}
