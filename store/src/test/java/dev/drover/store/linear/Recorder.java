package dev.drover.store.linear;

import dev.drover.store.Bytes;
import dev.drover.store.Commit;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Op;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import dev.drover.store.linear.Operation.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/// Lets a few callers ask for the same few keys at once, and notes what each was told when.
final class Recorder {
    private static final int CALLERS = 6;
    private static final int KEYS = 3;

    /// Of each caller: enough for races, few enough to be decided in milliseconds.
    private static final int OPERATIONS = 60;

    private final Store store;
    private final Function<Key, Optional<Entry>> reads;
    private final long seed;
    private final AtomicLong values = new AtomicLong();
    private final Map<Key, List<Operation>> histories = new ConcurrentHashMap<>();

    /// @param reads how keys are read: the store's own way, or a mistaken one
    Recorder(Store store, Function<Key, Optional<Entry>> reads, long seed) {
        this.store = store;
        this.reads = reads;
        this.seed = seed;
    }

    Map<Key, List<Operation>> record() {
        List<Thread> callers = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            Random random = new Random(seed * CALLERS + caller);
            callers.add(Thread.ofPlatform().start(() -> call(random)));
        }
        for (Thread caller : callers) {
            try {
                caller.join();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return histories;
    }

    private void call(Random random) {
        Optional<Entry> last = Optional.empty();
        for (int i = 0; i < OPERATIONS; i++) {
            Key key = Key.of("jobs", "s" + seed, "k" + random.nextInt(KEYS));
            switch (random.nextInt(5)) {
                case 0 -> write(key, values.incrementAndGet());
                case 1 -> write(key, Operation.ABSENT);
                case 2 -> replace(key, last.filter(entry -> entry.key().equals(key)));
                default -> last = read(key);
            }
        }
    }

    private Optional<Entry> read(Key key) {
        long begin = System.nanoTime();
        Optional<Entry> found = reads.apply(key);
        note(key, begin, new Asked.Read(), value(found));
        return found;
    }

    private void write(Key key, long value) {
        long begin = System.nanoTime();
        Op op = value == Operation.ABSENT ? new Op.Delete(key) : new Op.Put(key, bytes(value));
        note(key, begin, new Asked.Write(value), told(store.commit(Txn.always(op))));
    }

    private void replace(Key key, Optional<Entry> read) {
        long to = values.incrementAndGet();
        Revision modified = read.map(Entry::modified).orElse(Revision.NONE);
        long begin = System.nanoTime();
        Commit commit = store.commit(Txn.replace(key, modified, bytes(to)));
        note(key, begin, new Asked.Replace(value(read), to), told(commit));
    }

    private void note(Key key, long begin, Asked asked, long answer) {
        histories
                .computeIfAbsent(key, _ -> new CopyOnWriteArrayList<>())
                .add(new Operation(begin, System.nanoTime(), asked, answer));
    }

    private static long told(Commit commit) {
        return switch (commit) {
            case Commit.Done _ -> Operation.DONE;
            case Commit.Conflict _ -> Operation.NOT_DONE;
            case Commit.Refused _, Commit.Unknown _ ->
                    throw new IllegalStateException(
                            "nothing is refused or stopped here: " + commit);
        };
    }

    private static Bytes bytes(long value) {
        return Bytes.utf8(Long.toString(value));
    }

    /// Each written value is another one, so a value says which write it is of.
    private static long value(Optional<Entry> entry) {
        return entry.map(e -> Long.parseLong(e.value().utf8())).orElse(Operation.ABSENT);
    }
}
