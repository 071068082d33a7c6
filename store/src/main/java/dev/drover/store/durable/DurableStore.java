package dev.drover.store.durable;

import dev.drover.store.At;
import dev.drover.store.Bytes;
import dev.drover.store.Change;
import dev.drover.store.Commit;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.ListRequest;
import dev.drover.store.Listing;
import dev.drover.store.Lookup;
import dev.drover.store.Prefix;
import dev.drover.store.Revision;
import dev.drover.store.Store;
import dev.drover.store.Txn;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import dev.drover.store.log.CommitLog;
import dev.drover.store.log.LocalLog;
import dev.drover.store.log.Pace;
import dev.drover.store.machine.Command;
import dev.drover.store.machine.StateMachine;
import dev.drover.store.machine.View;
import dev.drover.store.rocks.Cleaner;
import dev.drover.store.rocks.Database;
import dev.drover.store.rocks.History;
import dev.drover.store.watch.Hub;
import dev.drover.store.watch.Past;
import dev.drover.store.watch.Slice;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/// The [Store] that lasts: RocksDB in a folder, under a log that syncs.
///
/// Reads of the newest state are answered from memory by the view of the moment, without a lock.
/// Reads of older ones go to disk on threads of their own.
public final class DurableStore implements Store {
    /// A sync takes about as long as writing so many.
    private static final int TXNS_OF_A_COMMAND = 512;

    private final Database database;
    private final History history;
    private final Settings settings;
    private final InstantSource clock;
    private final DiskThreads disk = new DiskThreads();
    private final Space space;
    private final Tally tally = new Tally();
    private final Hub hub;
    private final StateMachine machine;
    private final CommitLog log;
    private final Cleaning cleaning;
    private final Identity identity;
    private final Past past = new StoredPast();
    private final Semaphore backingUp = new Semaphore(1);
    private volatile boolean closed;

    /// Makes the log that a store stands under.
    @FunctionalInterface
    public interface LogMaker {
        /// A log that has `machine` apply its commands.
        ///
        /// @param sync returns when everything the machine has written is on disk
        /// @param pace hears how it fares
        CommitLog make(StateMachine machine, Runnable sync, Pace pace);
    }

    private DurableStore(
            Database database, Settings settings, InstantSource clock, LogMaker logMaker) {
        this.database = database;
        this.history = new History(database);
        this.settings = settings;
        this.clock = clock;
        this.space = new Space(database, settings.spareBytes());
        this.identity = Identity.of(database);
        forgetCopies();
        this.hub = new Hub(StateMachine.newestRevision(database), settings.window(), clock);
        this.machine =
                new StateMachine(
                        database, settings.limits(), settings.onDisk(), this::storedValues, hub);
        this.log = logMaker.make(machine, tally.timed(database::sync), tally::group);
        this.cleaning =
                new Cleaning(
                        new Cleaner(database),
                        tally,
                        this::retain,
                        () -> machine.view().compacted(),
                        settings.halt());
    }

    /// Opens the store in a folder, and makes one when there is none.
    ///
    /// @param clock the age of request ids and bookmarks, nothing else
    /// @throws java.io.UncheckedIOException when it is damaged, or another process has it open
    public static DurableStore open(Path folder, Settings settings, InstantSource clock) {
        return open(
                folder,
                settings,
                clock,
                (machine, sync, pace) -> new LocalLog(machine, sync, settings.halt(), pace));
    }

    /// The same under another log.
    public static DurableStore open(
            Path folder, Settings settings, InstantSource clock, LogMaker logMaker) {
        Database database = Database.open(folder, settings.cacheBytes());
        try {
            return new DurableStore(database, settings, clock, logMaker);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public Commit commit(Txn txn) {
        open();
        Optional<String> refusal = space.refusal();
        if (refusal.isEmpty()) {
            refusal = txn.refusal(settings.limits());
        }
        return tally.count(
                refusal.isPresent()
                        ? new Commit.Refused(refusal.get())
                        : log.propose(List.of(transact(List.of(txn)))).getFirst().getFirst());
    }

    private Command transact(List<Txn> txns) {
        return new Command.Transact(txns, clock.instant());
    }

    @Override
    public List<Commit> commitAll(List<Txn> txns) {
        open();
        Optional<String> full = space.refusal();
        List<Optional<Commit>> refused = new ArrayList<>(txns.size());
        List<Txn> taken = new ArrayList<>(txns.size());
        for (Txn txn : txns) {
            Optional<String> refusal = full.or(() -> txn.refusal(settings.limits()));
            refused.add(refusal.map(Commit.Refused::new));
            if (refusal.isEmpty()) {
                taken.add(txn);
            }
        }
        Iterator<Commit> answers = propose(taken).iterator();
        return refused.stream()
                .map(refusal -> refusal.orElseGet(answers::next))
                .map(tally::count)
                .toList();
    }

    /// In commands of a bounded size, so that nobody's list holds up everybody else, and the disk
    /// takes the first ones while the next are evaluated.
    private List<Commit> propose(List<Txn> txns) {
        List<Command> parts = new ArrayList<>();
        int from = 0;
        while (from < txns.size()) {
            int to = from;
            int most = Math.min(txns.size(), from + TXNS_OF_A_COMMAND);
            for (long bytes = 0; to < most && bytes < settings.limits().txnBytes(); to++) {
                bytes += txns.get(to).bytes();
            }
            parts.add(transact(txns.subList(from, to)));
            from = to;
        }
        return log.propose(parts).stream().flatMap(List::stream).toList();
    }

    @Override
    public Revision revision() {
        return view().revision();
    }

    @Override
    public Revision compacted() {
        return view().compacted();
    }

    @Override
    public String clusterId() {
        return identity.cluster();
    }

    @Override
    public Optional<Entry> get(Key key) {
        return getAll(List.of(key)).stream().findFirst();
    }

    @Override
    public List<Entry> getAll(List<Key> keys) {
        Optional<List<Entry>> found = Optional.empty();
        while (found.isEmpty()) { // what is outdated in one view is not in the next
            found = view().entries(keys);
        }
        return found.get();
    }

    @Override
    public Lookup get(Key key, At at) {
        return switch (list(ListRequest.of(Prefix.exactly(key)).at(at))) {
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
        View now = view();
        // One more than asked for: the oldest one shown has one before it.
        List<History.State> states =
                disk.read(() -> history.states(key, now.revision(), now.compacted(), limit + 1));
        List<Change> changes = new ArrayList<>();
        for (int i = 0; i < Math.min(limit, states.size()); i++) {
            Optional<Entry> before =
                    i + 1 < states.size() ? states.get(i + 1).entry() : Optional.empty();
            changes.add(Change.remembered(before, states.get(i).entry(), states.get(i).since()));
        }
        return changes;
    }

    @Override
    public Listing list(ListRequest request) {
        return switch (request.at()) {
            case At.Newest _ -> newest(request);
            case At.NotOlderThan(Revision oldest) ->
                    arrives(oldest) ? newest(request) : new Listing.TooNew(revision());
            case At.Exactly(Revision exact) -> exactly(exact, request);
        };
    }

    private Listing newest(ListRequest request) {
        while (true) {
            View view = view();
            Optional<List<Entry>> found =
                    view.list(request.prefix(), request.after(), request.limit() + 1);
            if (found.isPresent()) {
                return page(found.get(), view.revision(), request.limit());
            }
        }
    }

    private Listing exactly(Revision at, ListRequest request) {
        View view = view();
        if (at.after(view.revision())) {
            return new Listing.TooNew(view.revision());
        }
        int limit = request.limit() + 1;
        Optional<List<Entry>> inMemory =
                at.equals(view.revision())
                        ? view.list(request.prefix(), request.after(), limit)
                        : Optional.empty();
        List<Entry> found =
                inMemory.orElseGet(() ->
                        disk.read(
                                () -> history.list(request.prefix(), at, request.after(), limit)));
        View after = view(); // what was compacted meanwhile may be missing in what was found
        return at.before(after.compacted())
                ? new Listing.TooOld(after.compacted(), after.revision())
                : page(found, at, request.limit());
    }

    private static Listing page(List<Entry> found, Revision at, int limit) {
        if (found.size() <= limit) {
            return new Listing.Page(found, at, Optional.empty());
        }
        List<Entry> page = found.subList(0, limit);
        return new Listing.Page(page, at, Optional.of(page.getLast().key()));
    }

    /// Waits a while for a revision; false when it did not come. Every revision changes something,
    /// so a watch from it has something to deliver once it is here.
    private boolean arrives(Revision wanted) {
        if (revision().before(wanted)) {
            try (Watch watch = watch(WatchRequest.from(Prefix.EVERYTHING, wanted))) {
                watch.next(FUTURE_WAIT);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // the caller's to see; the answer is the same
            }
        }
        return !revision().before(wanted);
    }

    @Override
    public Watch watch(WatchRequest request) {
        open();
        return hub.watch(request, past);
    }

    @Override
    public void compact(Revision to) {
        Revision newest = revision();
        if (to.after(newest)) {
            throw new IllegalArgumentException(
                    "cannot compact at %s: the newest revision is %s".formatted(to, newest));
        }
        log.propose(List.of(new Command.Compact(to)));
        if (compacted().before(to)) {
            throw new IllegalStateException(
                    "not compacted at %s: the store has stopped".formatted(to));
        }
        cleaning.wake();
    }

    /// What it has done since it was opened, and how large it is.
    public Stats stats() {
        View now = view();
        return disk.read(() ->
                new Stats(
                        tally.counts(),
                        tally.paces(),
                        new Stats.Revisions(now.revision(), now.compacted(), cleaning.cleaned()),
                        new Stats.Sizes(
                                now.size(),
                                hub.watches(),
                                hub.lag(now.revision()),
                                database.fileBytes(),
                                database.logBytes(),
                                database.freeBytes())));
    }

    /// Writes everything there is at one moment, for [Backup#restore(Path, Path)]; the store goes
    /// on meanwhile. At the pace of who reads: call it on a thread that may take its time.
    ///
    /// @throws IOException when it cannot be written, or another backup is under way, whose copy
    ///   holds as much of the disk as this one's would
    public BackupLabel backup(OutputStream out) throws IOException {
        try (Copy copy = copy()) {
            return copy.write(out);
        }
    }

    /// The same in two steps: what is to be backed up, which may be refused, and its writing.
    ///
    /// @throws IOException as `backup`
    public Copy copy() throws IOException {
        open();
        if (!backingUp.tryAcquire()) {
            throw new IOException("another backup is under way: wait for its end");
        }
        return Copy.make(
                to -> disk.run(() -> database.copyTo(to)), copies(), () -> backingUp.release());
    }

    /// What a crash in the middle of a backup has left.
    private void forgetCopies() {
        try {
            Folders.delete(copies());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + copies(), e);
        }
    }

    private Path copies() {
        return database.folder().resolve("copies");
    }

    /// Compacts what need not be kept any more; on the cleaner's thread.
    private void retain() {
        Retention retention = settings.retention();
        View now = machine.view();
        Instant time = clock.instant();
        Retention.Seen seen =
                new Retention.Seen(
                        now.revision(),
                        now.compacted(),
                        machine.revisionAt(time.minus(retention.minAge())),
                        machine.revisionAt(time.minus(retention.maxAge())),
                        machine.revisionWithin(retention.maxBytes()));
        retention.boundary(seen).ifPresent(to -> log.propose(List.of(new Command.Compact(to))));
    }

    @Override
    public Revision revisionAt(Instant time) {
        open();
        return machine.revisionAt(time);
    }

    @Override
    public Optional<Instant> timeOf(Revision revision) {
        return revision.after(view().revision()) ? Optional.empty() : machine.timeOf(revision);
    }

    private View view() {
        open();
        return machine.view();
    }

    private void open() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    private List<Optional<Bytes>> storedValues(List<History.Written> wanted) {
        return disk.read(() -> history.values(wanted));
    }

    /// What watches read.
    private final class StoredPast implements Past {
        @Override
        public View now() {
            return machine.view();
        }

        @Override
        public Slice changes(Prefix prefix, Revision after, Revision upTo, int max) {
            tally.replay();
            History.Replay replay =
                    disk.read(() -> history.changes(prefix, after.next(), upTo, max));
            return new Slice(replay.changes(), replay.upTo());
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            hub.close();
            log.close();
            cleaning.close();
            disk.close();
            database.close();
        }
    }
}
