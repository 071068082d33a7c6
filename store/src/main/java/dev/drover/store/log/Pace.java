package dev.drover.store.log;

/// Hears how a log fares; called on the log's own threads, so it must be quick.
@FunctionalInterface
public interface Pace {
    /// Nobody listens.
    Pace UNHEARD = (_, _) -> {};

    /// A group has been applied.
    ///
    /// @param transactions in it
    /// @param waitedNanos how long the one that came first had stood in the queue
    void group(int transactions, long waitedNanos);
}
