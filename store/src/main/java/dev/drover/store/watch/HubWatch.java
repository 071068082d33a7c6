package dev.drover.store.watch;

import dev.drover.store.Change;
import dev.drover.store.Delivery;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Revision;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One watch: the revision up to which it has delivered, and the rules of what comes next.
final class HubWatch implements Watch {
    private final Hub hub;
    private final Channel channel;
    private final WatchRequest request;
    private final Past past;
    private final InstantSource clock;

    /// The first revision this watch may speak of.
    private final Revision first;

    /// Everything up to here was delivered. Others look at it to tell who is slow.
    private volatile Revision seen;

    private Optional<Beginning> beginning = Optional.empty();
    private Revision bookmarked = Revision.NONE;
    private Instant bookmarkedAt;
    private volatile Optional<Revision> progressAsked = Optional.empty();

    /// The delivery that ended the watch.
    private Optional<Delivery> end = Optional.empty();

    private volatile boolean closed;

    /// Who waits in [#next(Duration)]; taken out by who wakes it.
    private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();

    /// Whether it stands in the channel's queue; it stays there when it does not wait any more.
    private final AtomicBoolean queued = new AtomicBoolean();

    private final List<Supplier<Optional<Delivery>>> order =
            List.of(
                    () -> end,
                    this::initial,
                    this::tooOld,
                    () -> bookmark(BOOKMARK_BUSY), // before a frame: there may always be one
                    this::frame,
                    this::progressed,
                    () -> bookmark(BOOKMARK_IDLE));

    /// What was there at the start, as far as it has not been delivered.
    private record Beginning(Snapshot snapshot, Optional<Key> after) {}

    HubWatch(Hub hub, Channel channel, WatchRequest request, Past past, InstantSource clock) {
        this.hub = hub;
        this.channel = channel;
        this.request = request;
        this.past = past;
        this.clock = clock;
        this.bookmarkedAt = clock.instant();
        switch (request.start()) {
            case WatchRequest.Start.From(Revision from) -> {
                first = from;
                seen = from.previous();
            }
            case WatchRequest.Start.Initial _ -> {
                Snapshot now = past.now();
                first = now.revision();
                seen = first;
                beginning = Optional.of(new Beginning(now, Optional.empty()));
            }
        }
    }

    @Override
    public Optional<Delivery> next(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        Optional<Delivery> ready = ready();
        while (ready.isEmpty() && !closed && deadline - System.nanoTime() > 0) {
            sleeper.set(Thread.currentThread());
            if (queued.compareAndSet(false, true)) {
                channel.await(this);
            }
            ready = ready(); // it may have come before we were known to wait
            if (ready.isEmpty()) {
                // Looks up now and then though nothing changed: a bookmark may have become due.
                sleep(Math.min(deadline - System.nanoTime(), BOOKMARK_IDLE.toNanos()));
            }
            sleeper.set(null);
        }
        return ready;
    }

    private void sleep(long nanos) throws InterruptedException {
        long until = System.nanoTime() + nanos;
        while (sleeper.get() != null && until - System.nanoTime() > 0) {
            LockSupport.parkNanos(this, until - System.nanoTime());
            if (Thread.interrupted()) {
                sleeper.set(null);
                throw new InterruptedException();
            }
        }
    }

    /// Everything up to here was delivered.
    Revision seen() {
        return seen;
    }

    /// Whether it is nobody's concern how far it is behind.
    boolean unhurried() {
        return request.unhurried();
    }

    /// Called by the channel that let it go from its queue.
    void wakeFromQueue() {
        queued.set(false); // first: whoever still finds it set has set `sleeper` before
        wake();
    }

    private void wake() {
        Thread waiting = sleeper.getAndSet(null);
        if (waiting != null) {
            LockSupport.unpark(waiting);
        }
    }

    private Optional<Delivery> ready() {
        if (hub.closed()) {
            throw new IllegalStateException("the store is closed");
        }
        if (closed) {
            return Optional.empty();
        }
        for (Supplier<Optional<Delivery>> one :
                order) { // no stream: ten thousand may be woken at once
            Optional<Delivery> next = one.get();
            if (next.isPresent()) {
                end =
                        next.filter(d ->
                                d instanceof Delivery.TooOld || d instanceof Delivery.Forbidden);
                return next;
            }
        }
        return Optional.empty();
    }

    /// Pages until one shows something; a page without a successor is followed by the end of the
    /// beginning.
    private Optional<Delivery> initial() {
        while (beginning.isPresent()) {
            Snapshot snapshot = beginning.get().snapshot();
            Optional<List<Entry>> page =
                    snapshot.list(request.prefix(), beginning.get().after(), FRAME_CHANGES);
            if (page.isEmpty()) {
                Snapshot now = past.now();
                return Optional.of(new Delivery.TooOld(now.compacted(), now.revision()));
            }
            if (page.get().isEmpty()) {
                beginning = Optional.empty();
                return Optional.of(new Delivery.InitialDone(seen));
            }
            Key last = page.get().getLast().key();
            beginning = Optional.of(new Beginning(snapshot, Optional.of(last)));
            List<Change> shown =
                    page.get().stream()
                            .filter(request.selector())
                            .map(entry -> Change.added(entry, seen))
                            .toList();
            if (!shown.isEmpty()) {
                return Optional.of(permitted(shown));
            }
        }
        return Optional.empty();
    }

    private Optional<Delivery> tooOld() {
        Snapshot now = past.now();
        return seen.before(now.compacted())
                ? Optional.of(new Delivery.TooOld(now.compacted(), now.revision()))
                : Optional.empty();
    }

    /// Whole revisions until there is something to show and the frame is full, or nothing more to
    /// look at.
    private Optional<Delivery> frame() {
        Revision newest = past.now().revision();
        return request.coalesce() ? coalesced(newest) : all(newest);
    }

    private Optional<Delivery> all(Revision newest) {
        while (seen.before(newest)) {
            Optional<Slice> slice = advance(newest);
            if (slice.isEmpty()) {
                return tooOld();
            }
            List<Change> shown = shown(slice.get().changes());
            if (!shown.isEmpty()) {
                return Optional.of(permitted(shown));
            }
        }
        return Optional.empty();
    }

    private Optional<Delivery> coalesced(Revision newest) {
        Map<Key, Change> newestOfKey = new LinkedHashMap<>();
        while (seen.before(newest)) {
            Optional<Slice> slice = advance(newest);
            if (slice.isEmpty()) {
                return tooOld();
            }
            slice.get().changes().forEach(change -> coalesce(newestOfKey, change));
        }
        List<Change> shown = shown(List.copyOf(newestOfKey.values()));
        return shown.isEmpty() ? Optional.empty() : Optional.of(permitted(shown));
    }

    /// What follows; empty when it was compacted while we read.
    private Optional<Slice> advance(Revision newest) {
        Slice slice = undelivered(newest);
        if (seen.before(past.now().compacted())) {
            return Optional.empty();
        }
        seen = slice.upTo();
        return Optional.of(slice);
    }

    private Slice undelivered(Revision newest) {
        return channel.after(seen, newest, FRAME_CHANGES)
                .or(() -> hub.recent(request.prefix(), seen, newest, FRAME_CHANGES))
                .orElseGet(() -> past.changes(request.prefix(), seen, newest, FRAME_CHANGES));
    }

    /// Removed first: a key stands where its last change was, so that revisions never go down.
    private static void coalesce(Map<Key, Change> newestOfKey, Change change) {
        Optional<Change> earlier = Optional.ofNullable(newestOfKey.remove(change.key()));
        earlier.map(e -> e.then(change))
                .orElseGet(() -> Optional.of(change))
                .ifPresent(both -> newestOfKey.put(change.key(), both));
    }

    /// The very same list when all of it is shown as it is, as mostly.
    private List<Change> shown(List<Change> changes) {
        for (Change change : changes) {
            if (!change.whole(request.selector())) {
                return changes.stream()
                        .flatMap(c -> c.through(request.selector()).stream())
                        .toList();
            }
        }
        return changes;
    }

    private Delivery permitted(List<Change> shown) {
        for (Change change : shown) {
            if (!request.permission().test(change.key())) {
                return new Delivery.Forbidden();
            }
        }
        return new Delivery.Frame(shown);
    }

    private Optional<Delivery> progressed() {
        boolean reached = progressAsked.filter(asked -> !seen.before(asked)).isPresent();
        if (!reached || seen.before(first)) {
            return Optional.empty();
        }
        progressAsked = Optional.empty();
        return bookmarkHere();
    }

    private Optional<Delivery> bookmark(Duration silence) {
        boolean news = request.bookmarks() && seen.after(bookmarked) && !seen.before(first);
        return news && !clock.instant().isBefore(bookmarkedAt.plus(silence))
                ? bookmarkHere()
                : Optional.empty();
    }

    private Optional<Delivery> bookmarkHere() {
        bookmarked = seen;
        bookmarkedAt = clock.instant();
        return Optional.of(new Delivery.Bookmark(seen));
    }

    @Override
    public void progress() {
        progressAsked = Optional.of(past.now().revision());
        wake();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            hub.leave(this, request.prefix());
            channel.leave(this);
            wake();
        }
    }
}
