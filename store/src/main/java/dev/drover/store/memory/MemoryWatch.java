package dev.drover.store.memory;

import dev.drover.store.Change;
import dev.drover.store.Delivery;
import dev.drover.store.Entry;
import dev.drover.store.Key;
import dev.drover.store.Revision;
import dev.drover.store.Watch;
import dev.drover.store.WatchRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// A place in the store's list of changes, moved forward whenever somebody asks.
final class MemoryWatch implements Watch {
    private final MemoryStore store;
    private final WatchRequest request;

    /// What was there at the start and is still to be delivered.
    private final Deque<Entry> initial = new ArrayDeque<>();

    private boolean initialDue;

    /// The first revision this watch may speak of.
    private final Revision first;

    /// Everything up to here was delivered.
    private Revision seen;

    private Revision bookmarked = Revision.NONE;
    private Instant bookmarkedAt;
    private volatile Optional<Revision> progressAsked = Optional.empty();

    /// The delivery that ended the watch.
    private Optional<Delivery> end = Optional.empty();

    private final List<Supplier<Optional<Delivery>>> order =
            List.of(
                    () -> end,
                    this::initial,
                    this::tooOld,
                    () -> bookmark(BOOKMARK_BUSY), // before a frame: there may always be one
                    this::frame,
                    this::progressed,
                    () -> bookmark(BOOKMARK_IDLE));

    private volatile boolean closed;

    /// Called with the store's lock.
    MemoryWatch(MemoryStore store, WatchRequest request) {
        this.store = store;
        this.request = request;
        this.bookmarkedAt = store.time();
        switch (request.start()) {
            case WatchRequest.Start.From(Revision from) -> {
                first = from;
                seen = from.previous();
            }
            case WatchRequest.Start.Initial _ -> {
                first = store.revision();
                seen = first;
                store.entries(request.prefix(), seen)
                        .filter(request.selector())
                        .forEach(initial::add);
                initialDue = true;
            }
        }
    }

    @Override
    public Optional<Delivery> next(Duration timeout) throws InterruptedException {
        store.lock().lockInterruptibly();
        try {
            long nanos = timeout.toNanos();
            Optional<Delivery> ready = ready();
            while (ready.isEmpty() && nanos > 0 && !closed) {
                // Looks up now and then though nothing changed: a bookmark may have become due.
                long slice = Math.min(nanos, BOOKMARK_IDLE.toNanos());
                nanos -= slice - store.changed().awaitNanos(slice);
                ready = ready();
            }
            return ready;
        } finally {
            store.lock().unlock();
        }
    }

    private Optional<Delivery> ready() {
        if (store.closed()) {
            throw new IllegalStateException("the store is closed");
        }
        if (closed) {
            return Optional.empty();
        }
        Optional<Delivery> next = order.stream().flatMap(o -> o.get().stream()).findFirst();
        end = next.filter(d -> d instanceof Delivery.TooOld || d instanceof Delivery.Forbidden);
        return next;
    }

    private Optional<Delivery> initial() {
        if (!initial.isEmpty()) {
            List<Change> page = new ArrayList<>();
            while (page.size() < FRAME_CHANGES && !initial.isEmpty()) {
                page.add(Change.added(initial.remove(), seen));
            }
            return Optional.of(permitted(page));
        }
        if (initialDue) {
            initialDue = false;
            return Optional.of(new Delivery.InitialDone(seen));
        }
        return Optional.empty();
    }

    private Optional<Delivery> tooOld() {
        return seen.before(store.compacted())
                ? Optional.of(new Delivery.TooOld(store.compacted(), store.revision()))
                : Optional.empty();
    }

    /// Whole revisions until there is something to show and the frame is full, or no more.
    private Optional<Delivery> frame() {
        List<Change> visible = List.of();
        while (visible.isEmpty() && seen.before(store.revision())) {
            visible =
                    coalesced(undelivered()).stream()
                            .flatMap(change -> change.through(request.selector()).stream())
                            .toList();
        }
        return visible.isEmpty() ? Optional.empty() : Optional.of(permitted(visible));
    }

    private List<Change> undelivered() {
        List<Change> taken = new ArrayList<>();
        for (Change change : store.changesAfter(seen)) {
            boolean full = taken.size() >= FRAME_CHANGES && !request.coalesce();
            if (full && change.revision().after(taken.getLast().revision())) {
                break;
            }
            taken.add(change);
        }
        if (!taken.isEmpty()) {
            seen = taken.getLast().revision();
        }
        return taken.stream().filter(c -> request.prefix().covers(c.key())).toList();
    }

    private List<Change> coalesced(List<Change> all) {
        if (!request.coalesce()) {
            return all;
        }
        Map<Key, Change> newest = new LinkedHashMap<>();
        for (Change change : all) {
            // Removed first: a key stands where its last change was, so that revisions never go
            // down.
            Optional<Change> earlier = Optional.ofNullable(newest.remove(change.key()));
            earlier.map(e -> e.then(change))
                    .orElseGet(() -> Optional.of(change))
                    .ifPresent(both -> newest.put(change.key(), both));
        }
        return List.copyOf(newest.values());
    }

    private Delivery permitted(List<Change> visible) {
        return visible.stream().map(Change::key).allMatch(request.permission())
                ? new Delivery.Frame(visible)
                : new Delivery.Forbidden();
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
        boolean due = !store.time().isBefore(bookmarkedAt.plus(silence));
        boolean news = seen.after(bookmarked) && !seen.before(first);
        return request.bookmarks() && due && news ? bookmarkHere() : Optional.empty();
    }

    private Optional<Delivery> bookmarkHere() {
        bookmarked = seen;
        bookmarkedAt = store.time();
        return Optional.of(new Delivery.Bookmark(seen));
    }

    @Override
    public void progress() {
        progressAsked = Optional.of(store.revision());
        wake();
    }

    @Override
    public void close() {
        closed = true;
        wake();
    }

    private void wake() {
        store.lock().lock();
        try {
            store.changed().signalAll();
        } finally {
            store.lock().unlock();
        }
    }
}
