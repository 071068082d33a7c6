package dev.drover.store.memory;

import dev.drover.store.At;
import dev.drover.store.Change;
import dev.drover.store.Commit;
import dev.drover.store.Compare;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Limits;
import dev.drover.store.ListRequest;
import dev.drover.store.Listing;
import dev.drover.store.Lookup;
import dev.drover.store.Op;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// A [Store] of plain collections under one lock: obvious rather than fast, and forgotten when
/// closed.
///
/// It says what every other store must do; the tests compare them with it step by step.
public final class MemoryStore implements Store {
    /// By the text of the key: what it held since each revision at which it changed; empty since it
    /// was deleted.
    private final NavigableMap<String, NavigableMap<Revision, Optional<Entry>>> history =
            new TreeMap<>();

    /// Everything that happened after `compacted`, in order: what watches read.
    private final List<Change> changes = new ArrayList<>();

    /// By seconds in which something was written: the newest revision when they began.
    private final NavigableMap<Instant, Revision> seconds = new TreeMap<>();

    private final Map<String, Answered> answered = new LinkedHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final String clusterId;
    private final InstantSource clock;
    private final Limits limits;
    private Revision revision = Revision.NONE;
    private Revision compacted = Revision.NONE;
    private boolean closed;

    private record Answered(Instant when, Commit commit) {}

    /// An empty one with the standard limits.
    ///
    /// @param clock the age of request ids and bookmarks, nothing else
    public MemoryStore(String clusterId, InstantSource clock) {
        this(clusterId, clock, Limits.STANDARD);
    }

    /// An empty one.
    public MemoryStore(String clusterId, InstantSource clock, Limits limits) {
        this.clusterId = clusterId;
        this.clock = clock;
        this.limits = limits;
    }

    @Override
    public Commit commit(Txn txn) {
        return commitAll(List.of(txn)).getFirst();
    }

    @Override
    public List<Commit> commitAll(List<Txn> txns) {
        return locked(() -> txns.stream().map(this::apply).toList());
    }

    private Commit apply(Txn txn) {
        forgetRequests();
        Optional<String> refusal = txn.refusal(limits);
        if (refusal.isPresent()) {
            return new Commit.Refused(refusal.get());
        }
        Optional<Answered> before = txn.requestId().map(answered::get);
        if (before.isPresent()) {
            return before.get().commit();
        }
        Optional<Key> failed =
                txn.ifAll().stream().filter(c -> !holds(c)).map(Compare::key).findFirst();
        if (failed.isPresent()) {
            Optional<Entry> actual = now(failed.get());
            return new Commit.Conflict(failed.get(), actual, perform(txn.otherwise()));
        }
        Commit done = new Commit.Done(perform(txn.then()));
        txn.requestId().ifPresent(id -> answered.put(id, new Answered(clock.instant(), done)));
        return done;
    }

    private void forgetRequests() {
        Instant horizon = clock.instant().minus(limits.requestsKeptFor());
        var oldestFirst = answered.values().iterator();
        while (oldestFirst.hasNext()
                && (oldestFirst.next().when().isBefore(horizon)
                        || answered.size() >= limits.requestsKept())) {
            oldestFirst.remove();
        }
    }

    private boolean holds(Compare compare) {
        return now(compare.key())
                .map(e -> compare.holds(e.created(), e.modified(), e.version()))
                .orElseGet(() -> compare.holds(Revision.NONE, Revision.NONE, 0));
    }

    /// All reads and decisions look at the state before; then everything is written at one new
    /// revision.
    private Commit.Effect perform(List<Op> ops) {
        Revision next = revision.next();
        List<Optional<Entry>> read = new ArrayList<>();
        List<Change> written = new ArrayList<>();
        for (Op op : ops) {
            switch (op) {
                case Op.Get(Key key) -> read.add(now(key));
                case Op.Put put -> written.add(put(put, next));
                case Op.Delete(Key key) ->
                        now(key).ifPresent(last -> written.add(Change.deleted(last, next)));
                case Op.DeletePrefix(Prefix prefix, int max) ->
                        entries(prefix, revision)
                                .limit(max)
                                .forEach(last -> written.add(Change.deleted(last, next)));
            }
        }
        written.forEach(this::record);
        int deleted = (int) written.stream().filter(c -> c.current().isEmpty()).count();
        return new Commit.Effect(revision, read, written.size() - deleted, deleted);
    }

    private Change put(Op.Put put, Revision at) {
        Optional<Entry> previous = now(put.key());
        Revision created = previous.map(Entry::created).orElse(at);
        long version = previous.map(Entry::version).orElse(0L) + 1;
        return Change.put(new Entry(put.key(), put.value(), created, at, version), previous);
    }

    private void record(Change change) {
        Instant second = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (seconds.isEmpty() || second.isAfter(seconds.lastKey())) { // a clock may go back
            seconds.put(second, revision);
        }
        revision = change.revision();
        history.computeIfAbsent(change.key().text(), _ -> new TreeMap<>())
                .put(change.revision(), change.current());
        changes.add(change);
        changed.signalAll();
    }

    @Override
    public Revision revision() {
        return locked(() -> revision);
    }

    @Override
    public Revision compacted() {
        return locked(() -> compacted);
    }

    @Override
    public Revision revisionAt(Instant time) {
        return locked(() -> {
            Instant from = told(time);
            if (seconds.isEmpty() || from.isBefore(told(seconds.firstKey()))) {
                return Revision.NONE;
            }
            return Optional.ofNullable(seconds.ceilingEntry(from))
                    .map(Map.Entry::getValue)
                    .orElse(revision);
        });
    }

    @Override
    public Optional<Instant> timeOf(Revision wanted) {
        return locked(() ->
                seconds.entrySet().stream()
                        .filter(second -> second.getValue().before(wanted))
                        .reduce((_, later) -> later)
                        .filter(_ -> !wanted.after(revision))
                        .map(second -> seconds.ceilingKey(told(second.getKey()))));
    }

    /// How exactly a time is told: to the second, or to the minute when it is old.
    private Instant told(Instant time) {
        Instant fineFrom =
                (seconds.isEmpty() ? time : seconds.lastKey())
                        .minus(TO_THE_SECOND)
                        .truncatedTo(ChronoUnit.MINUTES);
        return time.truncatedTo(time.isBefore(fineFrom) ? ChronoUnit.MINUTES : ChronoUnit.SECONDS);
    }

    @Override
    public String clusterId() {
        return clusterId;
    }

    @Override
    public List<Entry> getAll(List<Key> keys) {
        return locked(() -> keys.stream().flatMap(key -> now(key).stream()).toList());
    }

    @Override
    public Optional<Entry> get(Key key) {
        return locked(() -> now(key));
    }

    @Override
    public Lookup get(Key key, At at) {
        ListRequest request = ListRequest.of(Prefix.exactly(key)).at(at);
        return switch (list(request)) {
            case Listing.Page(var entries, var when, var _) when entries.isEmpty() ->
                    new Lookup.Absent(when);
            case Listing.Page(var entries, var when, var _) ->
                    new Lookup.Found(entries.getFirst(), when);
            case Listing.TooOld(var oldest, var current) -> new Lookup.TooOld(oldest, current);
            case Listing.TooNew(var current) -> new Lookup.TooNew(current);
        };
    }

    @Override
    public List<Change> history(Key key, int limit) {
        return locked(() -> {
            List<Change> oldestFirst = new ArrayList<>();
            Optional<Entry> before = Optional.empty();
            for (var state : history.getOrDefault(key.text(), new TreeMap<>()).entrySet()) {
                oldestFirst.add(Change.remembered(before, state.getValue(), state.getKey()));
                before = state.getValue();
            }
            return oldestFirst.reversed().stream().limit(limit).toList();
        });
    }

    @Override
    public Listing list(ListRequest request) {
        return locked(() ->
                switch (request.at()) {
                    case At.Newest _ -> page(request, revision);
                    case At.NotOlderThan(Revision oldest) ->
                            arrives(oldest)
                                    ? page(request, revision)
                                    : new Listing.TooNew(revision);
                    case At.Exactly(Revision exact) -> {
                        if (exact.after(revision)) {
                            yield new Listing.TooNew(revision);
                        }
                        yield exact.before(compacted)
                                ? new Listing.TooOld(compacted, revision)
                                : page(request, exact);
                    }
                });
    }

    private Listing page(ListRequest request, Revision at) {
        List<Entry> found =
                entries(request.prefix(), at)
                        .filter(e -> request.after().stream().allMatch(k -> isBehind(e.key(), k)))
                        .limit(request.limit() + 1L)
                        .toList();
        if (found.size() <= request.limit()) {
            return new Listing.Page(found, at, Optional.empty());
        }
        List<Entry> page = found.subList(0, request.limit());
        return new Listing.Page(page, at, Optional.of(page.getLast().key()));
    }

    private static boolean isBehind(Key key, Key other) {
        return key.compareTo(other) > 0;
    }

    /// Waits a while for a revision; false when it did not come.
    private boolean arrives(Revision wanted) {
        long nanos = FUTURE_WAIT.toNanos();
        try {
            while (revision.before(wanted) && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the caller's to see; the answer is the same
        }
        return !revision.before(wanted);
    }

    @Override
    public Watch watch(WatchRequest request) {
        return locked(() -> new MemoryWatch(this, request));
    }

    @Override
    public void compact(Revision to) {
        locked(() -> {
            if (to.after(revision)) {
                throw new IllegalArgumentException(
                        "cannot compact at %s: the newest revision is %s".formatted(to, revision));
            }
            if (to.after(compacted)) {
                compacted = to;
                forget();
            }
            return compacted;
        });
    }

    /// Of each key's past only the newest state as of `compacted` stays, and not even that when it
    /// was a deletion.
    private void forget() {
        changes.removeIf(change -> !change.revision().after(compacted));
        for (NavigableMap<Revision, Optional<Entry>> states : history.values()) {
            Optional.ofNullable(states.floorKey(compacted))
                    .ifPresent(newest -> states.headMap(newest, false).clear());
            states.entrySet().removeIf(s -> !s.getKey().after(compacted) && s.getValue().isEmpty());
        }
        history.values().removeIf(Map::isEmpty);
        changed.signalAll(); // a watch may have lost its place
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private Optional<Entry> now(Key key) {
        return entryAt(key.text(), revision);
    }

    private Optional<Entry> entryAt(String key, Revision at) {
        return Optional.ofNullable(history.get(key))
                .map(states -> states.floorEntry(at))
                .flatMap(Map.Entry::getValue);
    }

    // What a watch looks at, holding the lock.

    ReentrantLock lock() {
        return lock;
    }

    Condition changed() {
        return changed;
    }

    boolean closed() {
        return closed;
    }

    Instant time() {
        return clock.instant();
    }

    List<Change> changesAfter(Revision seen) {
        int from = changes.size();
        while (from > 0 && changes.get(from - 1).revision().after(seen)) {
            from--;
        }
        return changes.subList(from, changes.size());
    }

    /// The entries of a prefix as of a revision, in key order.
    Stream<Entry> entries(Prefix prefix, Revision at) {
        return history.tailMap(prefix.text()).keySet().stream()
                .takeWhile(prefix::covers)
                .flatMap(key -> entryAt(key, at).stream());
    }

    @FunctionalInterface
    private interface Work<T> {
        T done();
    }

    private <T> T locked(Work<T> work) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the store is closed");
            }
            return work.done();
        } finally {
            lock.unlock();
        }
    }
}
