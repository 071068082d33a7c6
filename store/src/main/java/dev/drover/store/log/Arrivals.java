package dev.drover.store.log;

import java.util.Deque;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Who has come and was not taken in yet. Any thread adds, without a lock; whoever takes, takes
/// all.
///
/// ```text
/// newest ──▶ ticket ──before──▶ ticket ──before──▶ oldest
/// ```
///
/// No bound of its own: each ticket's caller holds what it wants written anyway, and waits.
final class Arrivals {
    private final AtomicReference<@Nullable Ticket> newest = new AtomicReference<>();

    /// Whether there was nobody: who takes may be asleep.
    boolean add(Ticket ticket) {
        Ticket last;
        do {
            last = newest.get();
            ticket.before = last;
        } while (!newest.compareAndSet(last, ticket));
        return last == null;
    }

    boolean isEmpty() {
        return newest.get() == null;
    }

    /// Moves all behind the last one of `queue`, in the order in which they came.
    void takeInto(Deque<Ticket> queue) {
        Ticket oldest = null;
        Ticket next = newest.getAndSet(null);
        while (next != null) { // turn the chain round
            Ticket before = next.before;
            next.before = oldest;
            oldest = next;
            next = before;
        }
        while (oldest != null) {
            queue.add(oldest);
            Ticket after = oldest.before;
            oldest.before = null; // a kept ticket must not keep the others
            oldest = after;
        }
    }
}
