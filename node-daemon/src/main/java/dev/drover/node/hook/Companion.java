package dev.drover.node.hook;

/// Goes along with a run of a task, on a thread of its own.
@FunctionalInterface
public interface Companion {
    /// Returns when there is nothing more to do.
    ///
    /// @throws InterruptedException when the run is over, or nobody watches it any more
    void accompany(RunControl run) throws InterruptedException;
}
