package dev.drover.store.watch;

import dev.drover.store.Change;
import dev.drover.store.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The recent changes of one prefix, and who waits for the next one.
///
/// One thread appends and evicts; any number read without a lock. Changes are numbered; number n
/// lies in slot n modulo the number of slots. A reader copies first and then looks whether what it
/// copied was still there: [#missing] is moved before a slot is given up.
///
/// ```text
///      missing        head                tail
/// … evicted … | oldest kept … newest | free …
/// ```
final class Channel {
    private static final int SMALLEST = 16;

    private final Queue<HubWatch> waiting = new ConcurrentLinkedQueue<>();
    private volatile AtomicReferenceArray<@Nullable Change> slots =
            new AtomicReferenceArray<>(SMALLEST);
    private volatile long head;
    private volatile long tail;

    /// Changes up to here may not be among those kept.
    private volatile Revision missing;

    /// What was copied last: mostly all who wait want the same.
    private volatile Copied copied = Copied.NOTHING;

    private record Copied(Revision seen, Revision upTo, Optional<Slice> slice) {
        static final Copied NOTHING = new Copied(Revision.NONE, Revision.NONE, Optional.empty());
    }

    Channel(Revision missing) {
        this.missing = missing;
    }

    void append(Change change) {
        long at = tail;
        if (at - head == slots.length()) {
            grow();
        }
        slots.set(slot(at, slots), change);
        tail = at + 1; // last: whoever sees it sees the change
    }

    /// A power of two, so that a number's slot is its lowest bits.
    private void grow() {
        AtomicReferenceArray<@Nullable Change> larger =
                new AtomicReferenceArray<>(slots.length() * 2);
        for (long at = head; at < tail; at++) {
            larger.set(slot(at, larger), slots.get(slot(at, slots)));
        }
        slots = larger;
    }

    private static int slot(long number, AtomicReferenceArray<?> of) {
        return (int) number & (of.length() - 1);
    }

    Optional<Change> oldest() {
        return head == tail ? Optional.empty() : Optional.ofNullable(slots.get(slot(head, slots)));
    }

    void evictOldest(Revision itsRevision) {
        missing = itsRevision; // first: a reader may be copying it
        copied = Copied.NOTHING; // it may hold what is to be given up
        long at = head;
        head = at + 1;
        slots.set(slot(at, slots), null);
    }

    long size() {
        return tail - head;
    }

    /// Changes after a revision, up to another one; empty when some of them are no longer here.
    ///
    /// @param max once there are so many, the answer ends with the revision; always the same
    Optional<Slice> after(Revision seen, Revision upTo, int max) {
        Copied last = copied;
        if (last.seen.equals(seen) && last.upTo.equals(upTo) && last.slice.isPresent()) {
            return last.slice;
        }
        while (!seen.before(missing)) {
            long end = tail;
            AtomicReferenceArray<@Nullable Change> from = slots;
            Optional<Slice> slice = copy(from, firstAfter(seen, end, from), end, upTo, max);
            if (slice.isPresent() && !seen.before(missing)) {
                copied = new Copied(seen, upTo, slice);
                return slice;
            }
        }
        return Optional.empty();
    }

    private static Optional<Slice> copy(
            AtomicReferenceArray<@Nullable Change> from,
            long begin,
            long end,
            Revision upTo,
            int max) {
        List<Change> changes = new ArrayList<>();
        for (long at = begin; at < end; at++) {
            Change change = from.get(slot(at, from));
            if (change == null) {
                return Optional.empty(); // evicted under our hands
            }
            Revision revision = change.revision();
            if (revision.after(upTo)) {
                break;
            }
            if (changes.size() >= max && revision.after(changes.getLast().revision())) {
                return Optional.of(new Slice(changes, changes.getLast().revision()));
            }
            changes.add(change);
        }
        return Optional.of(new Slice(changes, upTo));
    }

    private long firstAfter(Revision seen, long end, AtomicReferenceArray<@Nullable Change> from) {
        long low = head;
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            Change change = from.get(slot(middle, from));
            if (change == null || !change.revision().after(seen)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void await(HubWatch watch) {
        waiting.add(watch);
    }

    void leave(HubWatch watch) {
        waiting.remove(watch);
    }

    void wakeAll() {
        HubWatch next = waiting.poll();
        while (next != null) {
            next.wakeFromQueue();
            next = waiting.poll();
        }
    }
}
