package dev.drover.store.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.store.Bytes;
import dev.drover.store.Commit;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many writers at once that race.
class ConcurrencyTest {
    private static final Settings SETTINGS = Settings.standard().halt(Opened.FAIL);

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
