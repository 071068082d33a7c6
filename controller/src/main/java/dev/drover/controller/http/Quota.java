package dev.drover.controller.http;

import java.util.concurrent.atomic.AtomicLong;

/// A bound on something that many requests hold at once.
final class Quota {
    private final long max;
    private final AtomicLong held = new AtomicLong();

    Quota(long max) {
        this.max = max;
    }

    /// Takes `amount` when there is that much left.
    boolean take(long amount) {
        long now = held.addAndGet(amount);
        if (now <= max) {
            return true;
        }
        held.addAndGet(-amount);
        return false;
    }

    /// Gives back what was taken.
    void give(long amount) {
        held.addAndGet(-amount);
    }
}
