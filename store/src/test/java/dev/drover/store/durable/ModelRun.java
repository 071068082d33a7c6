package dev.drover.store.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drover.store.At;
import dev.drover.store.Bytes;
import dev.drover.store.Change;
import dev.drover.store.Compare;
import dev.drover.store.Delivery;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.ListRequest;
import dev.drover.store.ManualClock;
import dev.drover.store.Op;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import dev.drover.store.memory.MemoryStore;
import dev.drover.store.watch.Hub;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/// One seed: the same steps on both stores, every answer compared.
final class ModelRun implements AutoCloseable {
    private static final List<String> TYPES = List.of("jobs", "nodes", "allocations");
    private static final List<String> NAMESPACES = List.of("", "a", "ab");

    private final long seed;
    private final Random random;
    private final boolean reopening;
    private final Path folder;
    private final Settings settings;
    private final ManualClock clock = new ManualClock();
    private final MemoryStore model = new MemoryStore("model", clock);
    private final List<Pair> watches = new ArrayList<>();
    private Store store;
    private int step;

    /// The same watch on both.
    private record Pair(WatchRequest request, Watch ofModel, Watch ofStore) {}

    ModelRun(Path folder, long seed, boolean reopening) {
        this.seed = seed;
        this.random = new Random(seed);
        this.reopening = reopening;
        this.folder = folder;
        Settings standard = Settings.standard().halt(Opened.FAIL);
        this.settings =
                seed % 2 == 1
                        ? standard
                        : standard.onDisk(Set.copyOf(TYPES)).window(new Hub.Window(3, 1 << 20));
        this.store = DurableStore.open(folder, settings, clock);
    }

    void step(int number) throws InterruptedException {
        step = number;
        switch (random.nextInt(20)) {
            case 0, 1, 2, 3, 4, 5, 6 -> {
                Txn txn = txn();
                same(s -> s.commit(txn));
            }
            case 7, 8 -> {
                List<Txn> txns =
                        IntStream.range(0, random.nextInt(6)).mapToObj(_ -> txn()).toList();
                same(s -> s.commitAll(txns));
            }
            case 9, 10 -> {
                ListRequest request = listRequest();
                same(s -> s.list(request));
            }
            case 11 -> {
                Key key = key();
                same(s -> s.get(key));
                int limit = 1 + random.nextInt(5);
                same(s -> s.history(key, limit));
            }
            case 12 -> {
                Key key = key();
                At at = new At.Exactly(revision());
                same(s -> s.get(key, at));
            }
            case 13, 14 -> open();
            case 15, 16, 17 -> drain();
            case 18 -> compactOrWait();
            case 19 -> reopen();
            default -> throw new AssertionError();
        }
        same(Store::revision);
        same(Store::compacted);
    }

    private <T> void same(Function<Store, T> question) {
        T expected = question.apply(model);
        assertThat(question.apply(store)).as("seed %s, step %s", seed, step).isEqualTo(expected);
    }

    private Txn txn() {
        List<Compare> ifAll =
                IntStream.range(0, random.nextInt(3)).mapToObj(_ -> compare()).toList();
        Txn txn = Txn.when(ifAll, ops());
        if (random.nextInt(4) == 0) {
            return txn.otherwise(ops().toArray(Op[]::new));
        }
        return random.nextInt(5) == 0 ? txn.requestId("r" + random.nextInt(8)) : txn;
    }

    private Compare compare() {
        Key key = key();
        Optional<Entry> now = model.get(key);
        return switch (random.nextInt(5)) {
            case 0 -> Compare.absent(key);
            case 1 -> Compare.present(key);
            case 2 -> Compare.unchanged(key, now.map(Entry::modified).orElse(Revision.NONE));
            case 3 -> Compare.sameObject(key, now.map(Entry::created).orElse(Revision.NONE));
            default ->
                    new Compare(
                            key, Compare.Field.VERSION, Compare.Relation.LESS, random.nextInt(4));
        };
    }

    private List<Op> ops() {
        return IntStream.range(0, random.nextInt(5))
                .<Op>mapToObj(_ ->
                        switch (random.nextInt(8)) {
                            case 0, 1, 2, 3 -> new Op.Put(key(), value());
                            case 4, 5 -> new Op.Delete(key());
                            case 6 -> new Op.Get(key());
                            default -> new Op.DeletePrefix(prefix(), 1 + random.nextInt(4));
                        })
                .toList();
    }

    private Bytes value() {
        return Bytes.copyOf(new byte[random.nextInt(40)]);
    }

    private Key key() {
        return Key.of(any(TYPES), any(NAMESPACES), "n" + random.nextInt(6));
    }

    private Prefix prefix() {
        return switch (random.nextInt(4)) {
            case 0 -> Prefix.EVERYTHING;
            case 1 -> Prefix.ofType(any(TYPES));
            case 2 -> Prefix.in(any(TYPES), any(NAMESPACES));
            default -> Prefix.exactly(key());
        };
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// Any one up to the next to come.
    private Revision revision() {
        return new Revision(random.nextLong(model.revision().number() + 2));
    }

    private ListRequest listRequest() {
        ListRequest request = ListRequest.of(prefix()).limit(1 + random.nextInt(8));
        if (random.nextBoolean()) {
            request = request.at(new At.Exactly(revision()));
        }
        return random.nextInt(3) == 0 ? request.after(key()) : request;
    }

    private void open() {
        WatchRequest request =
                random.nextBoolean()
                        ? WatchRequest.initial(prefix())
                        : WatchRequest.from(prefix(), revision());
        request = random.nextBoolean() ? request.coalescing() : request;
        request = random.nextBoolean() ? request.withBookmarks() : request;
        if (random.nextInt(3) == 0) {
            Predicate<Entry> odd = e -> e.value().size() % 2 == 1;
            request = request.selecting(odd);
        }
        watches.add(new Pair(request, model.watch(request), store.watch(request)));
    }

    private void drain() throws InterruptedException {
        clock.pass(Duration.ofMillis(random.nextInt(3_000)));
        for (Pair pair : watches) {
            if (random.nextInt(6) == 0) {
                pair.ofModel().progress();
                pair.ofStore().progress();
            }
            List<Object> expected = delivered(pair.ofModel());
            List<Object> actual = delivered(pair.ofStore());
            if (!endsEarlier(actual, expected)) {
                assertThat(actual)
                        .as("seed %s, step %s, %s", seed, step, pair.request())
                        .isEqualTo(expected);
            }
        }
        if (watches.size() > 8) {
            Pair oldest = watches.removeFirst();
            oldest.ofModel().close();
            oldest.ofStore().close();
        }
    }

    /// A watch that ends with too old may do so before it has said everything it could have said:
    /// what it was to read from disk is gone.
    private static boolean endsEarlier(List<Object> actual, List<Object> expected) {
        return !actual.isEmpty()
                && actual.getLast() instanceof Delivery.TooOld
                && actual.getLast().equals(expected.getLast())
                && actual.size() < expected.size()
                && expected.subList(0, actual.size() - 1)
                        .equals(actual.subList(0, actual.size() - 1));
    }

    /// Everything there is, whatever the frames: changes one by one, and what else was said between
    /// them.
    private static List<Object> delivered(Watch watch) throws InterruptedException {
        List<Object> all = new ArrayList<>();
        Optional<Delivery> next = watch.next(Duration.ZERO);
        while (next.isPresent()) {
            switch (next.get()) {
                case Delivery.Frame(List<Change> changes) -> all.addAll(changes);
                case Delivery.Bookmark _, Delivery.InitialDone _ -> all.add(next.get());
                case Delivery.TooOld _, Delivery.Forbidden _ -> {
                    all.add(next.get());
                    return all;
                }
            }
            next = watch.next(Duration.ZERO);
        }
        return all;
    }

    private void compactOrWait() {
        if (random.nextBoolean()) {
            clock.pass(Duration.ofMinutes(random.nextInt(4)));
        } else {
            long newest = model.revision().number();
            long oldest = model.compacted().number();
            Revision to = new Revision(oldest + random.nextLong(newest - oldest + 1));
            model.compact(to);
            store.compact(to);
        }
    }

    private void reopen() throws InterruptedException {
        if (reopening) {
            drain();
            watches.forEach(pair -> pair.ofModel().close());
            watches.clear();
            store.close();
            store = DurableStore.open(folder, settings, clock);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
