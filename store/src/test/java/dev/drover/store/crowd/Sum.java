package dev.drover.store.crowd;

import dev.drover.store.Change;

/// A check sum over changes in their order: one that is lost, doubled, changed or out of order
/// gives another one.
final class Sum {
    private static final long PRIME = 1_099_511_628_211L;

    private long sum = 7;
    private long last;
    private int count;

    /// @throws IllegalStateException when the change is not newer than the last one
    void add(Change change) {
        long revision = change.revision().number();
        if (revision <= last) {
            throw new IllegalStateException("revision " + revision + " after " + last);
        }
        last = revision;
        sum = (sum * PRIME) ^ revision;
        sum = (sum * PRIME) ^ change.key().text().hashCode();
        sum = (sum * PRIME) ^ change.entry().value().hashCode();
        count++;
    }

    int count() {
        return count;
    }

    long value() {
        return sum;
    }
}
